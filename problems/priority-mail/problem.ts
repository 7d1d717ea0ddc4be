// A box with priorities. What a clerk does at the box cannot be seen from outside, but when it went there can, and when a
// letter was written and handed in. An urgent letter that lay in the box all that time must have come out first: unless
// somebody else has it in hands.
import { between, problem } from 'interleave';

interface Case {
  readonly writers: number;
  readonly clerks: number;
  readonly capacity: number;
  readonly letters: number;
}

interface State {
  /** Events so far: the time. */
  now: number;
  /** Letters that were written, handed in, that somebody began to open, that were opened. */
  written: number;
  handedIn: number;
  begun: number;
  opened: number;
  /** Clerks that are in the middle of a letter. */
  opening: number;
  /** The number of each letter, by its place; 0 as long as it is not written. */
  readonly numbers: number[];
  /** When it was written. */
  readonly writtenAt: number[];
  /** Which letters somebody began to open, by place. */
  readonly gone: boolean[];
  /** Letters that were handed in, and that nobody has begun to open, each with when that was. */
  readonly inside: Map<number, number>;
  /** For each clerk when it went to the box; -1 where it is not there. */
  readonly askedAt: number[];
  /** The latest letter that each clerk has met from each writer, urgent or not; -1 for none. */
  readonly met: number[];
  /** An ordinary letter stayed in the box while a later urgent one was opened. */
  overtaken: boolean;
}

// A letter is one number, in which its place, its kind and something that nobody can guess are inseparable, so that none can
// be made up. Urgent letters have odd numbers. The numbers stay short: people read them in traces.
const GUESSES = 500;
const all = (c: Case): number => c.writers * c.letters;
const isUrgent = (letter: number): boolean => letter % 2 === 1;
const inWords = (letter: number): string => `${isUrgent(letter) ? 'urgent ' : ''}letter ${letter}`;
const placeOf = (letter: number, c: Case): number => (letter >> 1) % all(c);
const writerOf = (letter: number, c: Case): number => Math.floor(placeOf(letter, c) / c.letters);
const orderOf = (letter: number, c: Case): number => placeOf(letter, c) % c.letters;

const hasBoth = (c: Case): boolean => c.writers > 1 || c.letters > 1;

const wasWritten = (s: State, letter: number, c: Case): boolean =>
  letter > 0 && s.numbers[placeOf(letter, c)] === letter;
const isFresh = (s: State, letter: number, c: Case): boolean =>
  wasWritten(s, letter, c) && !s.gone[placeOf(letter, c)];
const metBy = (clerk: number, letter: number, c: Case): number =>
  (clerk * c.writers + writerOf(letter, c)) * 2 + (isUrgent(letter) ? 1 : 0);

/** Letters that may be written and not begun: a full box, and one in every hand that can hold one. */
const room = (s: State, c: Case): number => c.capacity + c.writers + c.clerks - s.opening;

/** Other clerks that are at the box, each of which may have a letter in hand already. */
const othersAtTheBox = (s: State, clerk: number): number =>
  s.askedAt.filter((at, other) => other !== clerk && at >= 0).length;

/** Letters of this kind that lay in the box before `moment`. */
const insideBefore = (s: State, moment: number, urgent: boolean): number[] =>
  [...s.inside]
    .filter(([letter, at]) => at < moment && isUrgent(letter) === urgent)
    .map(([letter]) => letter);

/** Urgent letters that lay in the box before the clerk came for the ordinary `letter`, or before that was written. */
const passedOver = (s: State, clerk: number, letter: number, c: Case): number[] =>
  insideBefore(s, Math.max(s.askedAt[clerk], s.writtenAt[placeOf(letter, c)]), true);

export default problem({
  id: 'priority-mail',
  title: 'Urgent letters first',
  level: 2,
  summary: 'A letter box with little room, in which urgent letters overtake all others.',
  parameters: {
    writers: between(1, 3),
    clerks: between(1, 2),
    capacity: between(1, 3, { free: 10 }),
    letters: between(1, 4, { free: 5_000 }),
  },
  roles: { writer: (c) => c.writers, clerk: (c) => c.clerks },
  mechanisms: ['posixQueue', 'sysvQueue'],
  specification: {
    start: (c): State => ({
      now: 0,
      written: 0,
      handedIn: 0,
      begun: 0,
      opened: 0,
      opening: 0,
      numbers: new Array<number>(all(c)).fill(0),
      writtenAt: new Array<number>(all(c)).fill(0),
      gone: new Array<boolean>(all(c)).fill(false),
      inside: new Map(),
      askedAt: new Array<number>(c.clerks).fill(-1),
      met: new Array<number>(c.clerks * c.writers * 2).fill(-1),
      overtaken: false,
    }),
    events: {
      writes: {
        says: (e) => `writes ${inWords(e.value)}`,
        rules: {
          'the box never holds more than it has room for': {
            holds: (s, _e, c) => s.written - s.begun < room(s, c),
            because: (s, _e, c) =>
              `${s.written + 1 - s.begun} letters were written and nobody has begun to open them: ` +
              `${c.capacity} in the box and one in each free hand would be ${room(s, c)}`,
          },
        },
        then: (s, e, c) => {
          s.now++;
          s.written++;
          s.numbers[placeOf(e.value, c)] = e.value;
          s.writtenAt[placeOf(e.value, c)] = s.now;
        },
      },
      handsIn: {
        says: (e) => `has handed in ${inWords(e.value)}`,
        then: (s, e, c) => {
          s.now++;
          s.handedIn++;
          if (!s.gone[placeOf(e.value, c)]) s.inside.set(e.value, s.now);
        },
      },
      asks: {
        says: 'goes to the box',
        then: (s, e) => {
          s.askedAt[e.by] = ++s.now;
        },
      },
      openBegins: {
        says: (e) => `begins to open ${inWords(e.value)}`,
        rules: {
          'only letters from the box are opened, each once': {
            breach: 'lost' as const,
            holds: (s, e, c) => isFresh(s, e.value, c),
            because: (s, e, c) =>
              wasWritten(s, e.value, c)
                ? `letter ${e.value} was opened before`
                : `nobody has written letter ${e.value}`,
          },
          'no ordinary letter is opened while an urgent one lies in the box': {
            // Other clerks at the box may have one urgent letter each in hand already.
            holds: (s, e, c) =>
              !isFresh(s, e.value, c) ||
              isUrgent(e.value) ||
              passedOver(s, e.by, e.value, c).length <= othersAtTheBox(s, e.by),
            because: (s, e, c) => {
              const [urgent] = passedOver(s, e.by, e.value, c);
              const came = (s.inside.get(urgent) ?? 0) < s.askedAt[e.by];
              return (
                `urgent letter ${urgent} had been handed in before ` +
                (came ? 'this clerk went to the box' : `ordinary letter ${e.value} was written`)
              );
            },
          },
          'each clerk meets the letters of one writer and one kind in the order in which they were written': {
            holds: (s, e, c) =>
              !isFresh(s, e.value, c) || s.met[metBy(e.by, e.value, c)] < orderOf(e.value, c),
            because: (s, e, c) => {
              const place = writerOf(e.value, c) * c.letters + s.met[metBy(e.by, e.value, c)];
              return `it had letter ${s.numbers[place]} already, which the same writer wrote after letter ${e.value}`;
            },
          },
        },
        then: (s, e, c) => {
          if (isFresh(s, e.value, c)) {
            const place = placeOf(e.value, c);
            const earlier = insideBefore(s, s.writtenAt[place], false);
            if (isUrgent(e.value) && earlier.length > othersAtTheBox(s, e.by)) s.overtaken = true;
            s.gone[place] = true;
            s.inside.delete(e.value);
            s.met[metBy(e.by, e.value, c)] = orderOf(e.value, c);
          }
          s.now++;
          s.begun++;
          s.opening++;
          s.askedAt[e.by] = -1;
        },
      },
      openEnds: {
        says: (e) => `has opened ${inWords(e.value)}`,
        then: (s) => {
          s.now++;
          s.opening--;
          s.opened++;
        },
      },
    },
    ends: {
      'every letter is handed in and opened': (s, c) => s.handedIn === all(c) && s.opened === all(c),
    },
    witnesses: {
      'an urgent letter overtakes an ordinary one': {
        given: (c) => hasBoth(c) && c.capacity > 1 && all(c) > 2,
        seen: (s) => s.overtaken,
      },
      'two clerks open letters at once': {
        given: (c) => c.clerks > 1 && c.capacity > 1 && all(c) > 1,
        seen: (s) => s.opening > 1,
      },
    },
  },
  me: {
    writer: (c, number, world) => {
      let made = 0;
      let open = 0;
      const letters: IterableIterator<{ readonly number: number; readonly urgent: boolean }> = {
        next: () => {
          if (open > 0) world.event('handsIn', open);
          open = 0;
          if (made === c.letters) return { done: true, value: undefined };
          // Every second letter is urgent: the first writer's second, the second writer's first.
          const urgent = (number + made) % 2 === 1;
          const place = number * c.letters + made++;
          const letter = 2 * (world.random(GUESSES) * all(c) + place) + (urgent ? 1 : 0);
          world.event('writes', letter);
          open = letter;
          return { done: false, value: { number: letter, urgent } };
        },
        [Symbol.iterator]: () => letters,
      };
      return {
        /**
         * The letters to hand in: each has a `number`, a whole number above 0, and is `urgent` or not. Each is written when
         * the loop asks for it, and counts as handed in when the loop asks for the next one.
         */
        letters: letters as Iterable<{ readonly number: number; readonly urgent: boolean }>,
      };
    },
    clerk: (c, number, world) => {
      const quota = Math.floor(all(c) / c.clerks) + (number < all(c) % c.clerks ? 1 : 0);
      let gone = 0;
      const turns: IterableIterator<number> = {
        next: () => {
          if (gone === quota) return { done: true, value: undefined };
          world.event('asks');
          return { done: false, value: gone++ };
        },
        [Symbol.iterator]: () => turns,
      };
      return {
        /** How many letters this clerk opens. Can be 0. */
        quota,
        /** The same many turns, as numbers from 0. The clerk goes to the box when the loop asks for the next one. */
        turns: turns as Iterable<number>,
        /** Opens the letter with this number. Takes a while. Once each turn. */
        open: (letter: number) => world.during('openBegins', 'openEnds', letter),
      };
    },
  },
  speed: {
    case: { writers: 1, clerks: 1, capacity: 10, letters: 5_000 },
    unit: 'letters',
    count: (c) => c.writers * c.letters,
  },
});
