// One log, and many that write to it, through a FIFO. A line is written in one piece or it is torn: what a write of up to
// PIPE_BUF bytes promises (pipe(7)). And a FIFO comes to its end whenever nobody has it open for writing just then.
import { between, problem } from 'interleave';

interface Case {
  readonly writers: number;
  readonly lines: number;
}

interface State {
  /** Lines that each writer has to say, and how many of them are in the log. */
  readonly said: number[];
  readonly kept: number[];
  /** Numbers of the lines, by writer and place; 0 as long as nobody has said it. */
  readonly numbers: number[];
}

// A line is a writer's name and a number, which holds the line's place and something that nobody can guess.
const GUESSES = 1000;
const NAMES = ['ann', 'ben', 'cleo'] as const;

/** A line as one number: which writer, and the line's number. */
const LIMIT = 1 << 26;
const NONSENSE = -1;

const placeOf = (number: number, c: Case): number => number % c.lines;
const textOf = (writer: number, number: number): string => `${NAMES[writer]} ${number}`;

/** The code of a line of the log; NONSENSE where it is none that a writer could have said. */
function codeOf(line: string, c: Case): number {
  const found = /^([a-z]+) ([1-9][0-9]*)$/.exec(line);
  const writer = found ? NAMES.indexOf(found[1] as (typeof NAMES)[number]) : -1;
  const number = Number(found?.[2]);
  return writer < 0 || writer >= c.writers || !(number < LIMIT) ? NONSENSE : writer * LIMIT + number;
}
const writerOf = (code: number): number => Math.floor(code / LIMIT);
const inWords = (code: number): string =>
  code < 0 ? 'a line that nobody could have said' : `'${textOf(writerOf(code), code % LIMIT)}'`;

/** What is wrong with a line in the log; undefined where it is the next one of its writer. */
function wrong(s: State, code: number, c: Case): string | undefined {
  if (code < 0) return 'it is torn, or two are in one';
  const writer = writerOf(code);
  const place = placeOf(code % LIMIT, c);
  if (s.numbers[writer * c.lines + place] !== code % LIMIT) return `${NAMES[writer]} has not said that`;
  return undefined;
}

export default problem({
  id: 'log-service',
  title: 'A log service',
  level: 2,
  summary: 'Writers that come and go send lines to one log through a FIFO.',
  parameters: { writers: between(1, NAMES.length), lines: between(1, 2, { free: 5_000 }) },
  roles: { keeper: () => 1, writer: (c) => c.writers },
  mechanisms: ['fifo'],
  specification: {
    start: (c): State => ({
      said: new Array<number>(c.writers).fill(0),
      kept: new Array<number>(c.writers).fill(0),
      numbers: new Array<number>(c.writers * c.lines).fill(0),
    }),
    events: {
      said: {
        says: (e) => `has to say ${inWords(e.value)}`,
        then: (s, e, c) => {
          const number = e.value % LIMIT;
          s.numbers[e.by * c.lines + placeOf(number, c)] = number;
          s.said[e.by]++;
        },
      },
      kept: {
        says: (e) => `keeps ${inWords(e.value)}`,
        rules: {
          'every line in the log is one that a writer said, whole': {
            breach: 'lost' as const,
            holds: (s, e, c) => wrong(s, e.value, c) === undefined,
            because: (s, e, c) => wrong(s, e.value, c) ?? '',
          },
          "each writer's lines are kept in the order in which it said them, each once": {
            breach: 'lost' as const,
            holds: (s, e, c) =>
              wrong(s, e.value, c) !== undefined || placeOf(e.value % LIMIT, c) === s.kept[writerOf(e.value)],
            because: (s, e) =>
              `${s.kept[writerOf(e.value)]} lines of ${NAMES[writerOf(e.value)]}'s were in the log`,
          },
        },
        then: (s, e) => {
          s.kept[writerOf(e.value)]++;
        },
      },
    },
    ends: {
      'all that was said is in the log': (s, c) =>
        s.said.every((said, writer) => said === c.lines && s.kept[writer] === said),
    },
    witnesses: {
      'the lines of two writers mix': {
        given: (c) => c.writers > 1 && c.lines > 1,
        seen: (s, c) => s.kept.filter((kept) => kept > 0 && kept < c.lines).length > 1,
      },
    },
  },
  me: {
    keeper: (c, _number, world) => ({
      /** Puts a line into the log, without its line break: `ann 17`. */
      keep: (line: string) => world.event('kept', codeOf(String(line), c)),
    }),
    writer: (c, number, world) => {
      let made = 0;
      const lines: IterableIterator<string> = {
        next: () => {
          if (made === c.lines) return { done: true, value: undefined };
          const line = world.random(GUESSES) * c.lines + made++;
          world.event('said', number * LIMIT + line);
          return { done: false, value: textOf(number, line) };
        },
        [Symbol.iterator]: () => lines,
      };
      return {
        /** Which writer this is, from 0. */
        number,
        /** Its name. */
        name: NAMES[number] as string,
        /** What it has to say, line by line, without line breaks: its name, a space and a number. */
        lines: lines as Iterable<string>,
      };
    },
  },
  speed: { case: { writers: 2, lines: 5_000 }, unit: 'lines', count: (c) => c.writers * c.lines },
});
