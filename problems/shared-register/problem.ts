// A register whose value takes three words, where the machine writes and reads one at a time. A read must see all three
// of one write, and once anybody has seen a new value nobody sees an old one: linearizability, which Lamport called
// atomicity ("On interprocess communication", Distributed Computing 1, 1986).
import { between, problem, type SequentialObject, sequential } from 'interleave';

interface Case {
  readonly readers: number;
  readonly writes: number;
  readonly reads: number;
}

interface State {
  /** Calls of each process that were answered. */
  readonly answered: number[];
  readonly dead: boolean[];
}

const WORDS = 3;
/** Words are below this: three of them do not fit into one variable, and people can still read them. */
const LIMIT = 1_000_000;

/** Word `i` of value `n`: nothing that can be guessed from the other words, and n can be told from it. */
function word(n: number, i: number, c: Case): number {
  if (n === 0) return 0;
  const rounds = Math.floor(LIMIT / (c.writes + 1)) - 1;
  const mixed = Math.imul(Math.imul(n, 0x9e3779b1) ^ (i + 1), 0x85ebca6b) >>> 8;
  return (1 + (mixed % rounds)) * (c.writes + 1) + n;
}

// An event carries one number: for each word the number of the value that it belongs to, ten bits each.
const BITS = 10;
/** The number of words that belong to no value. */
const NOBODYS = (1 << BITS) - 1;
const codeOf = (owners: readonly number[]): number => owners.reduce((code, n) => (code << BITS) | n, 0);
const ownersOf = (code: number): number[] =>
  Array.from({ length: WORDS }, (_, i) => (code >> (BITS * (WORDS - 1 - i))) & NOBODYS);
const whole = (n: number): number => codeOf(new Array<number>(WORDS).fill(n));

function ownerOf(value: number, i: number, c: Case): number {
  const n = value % (c.writes + 1);
  return value === word(n, i, c) ? n : NOBODYS;
}

/** `value 2`, or `a mixture of values 1, 2 and 2`. */
function inWords(code: number): string {
  const names = ownersOf(code).map((n) => (n === NOBODYS ? 'none' : String(n)));
  if (names.every((name) => name === names[0])) return `value ${names[0]}`;
  return `a mixture of values ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const register: SequentialObject<number> = {
  ...sequential.register(),
  says: ({ name, argument, result }) =>
    name === 'write'
      ? `write(${inWords(argument)})`
      : `read()${result === undefined ? '' : ` → ${inWords(result)}`}`,
};

export default problem({
  id: 'shared-register',
  title: 'A register of three words',
  level: 4,
  summary:
    'One writes three words, many read them, without a lock, and nobody sees half a value or an old one.',
  parameters: {
    readers: between(1, 3),
    writes: between(1, 3, { free: 1_000 }),
    reads: between(1, 3, { free: 5_000 }),
  },
  roles: { writer: () => 1, reader: (c) => c.readers },
  forbidden: Object.fromEntries(
    ['mutex', 'rwlock', 'semaphore', 'condition'].map((kind) => [
      kind,
      'who reads must not be held up by who reads or writes; use variables and atomicInt32',
    ]),
  ),
  // Whoever waits for another one waits for ever once that is dead: so it shows that nobody does, whatever a lock is made of.
  faults: { kills: 1 },
  specification: {
    start: (c): State => ({
      answered: new Array<number>(1 + c.readers).fill(0),
      dead: new Array<boolean>(1 + c.readers).fill(false),
    }),
    events: {
      writeCalled: { says: (e) => `calls write(${inWords(e.value)})` },
      writeAnswered: {
        says: 'has written it',
        then: (s, e) => {
          s.answered[e.process]++;
        },
      },
      readCalled: { says: 'calls read()' },
      readAnswered: {
        says: (e) => `answers ${inWords(e.value)}`,
        then: (s, e) => {
          s.answered[e.process]++;
        },
      },
    },
    whenKilled: (s, e) => {
      s.dead[e.process] = true;
    },
    linearizable: {
      rule: 'all reads are those of one register',
      object: () => register,
      operations: {
        write: { called: 'writeCalled', returned: 'writeAnswered' },
        read: { called: 'readCalled', returned: 'readAnswered' },
      },
    },
    ends: {
      'every call is answered, but for those of who was killed': (s, c) =>
        s.answered.every((n, process) => s.dead[process] || n === (process === 0 ? c.writes : c.reads)),
    },
  },
  me: {
    writer: (c, _number, world) => {
      let made = 0;
      let open = false;
      world.remembers(() => [made, open]);
      const values = world.each((): readonly [number, number, number] | undefined => {
        if (open) throw new Error(`value ${made} is not written yet: me.done() goes before the next one`);
        if (made === c.writes) return undefined;
        const n = ++made;
        open = true;
        world.event('writeCalled', whole(n));
        return [word(n, 0, c), word(n, 1, c), word(n, 2, c)];
      });
      return {
        /** The values to write, three words each, numbers from 1 to 999,999. A write begins when the loop asks for it. */
        values,
        /** Ends the write. */
        done: () => {
          if (!open) throw new Error('me.done() without a write: each is done once');
          open = false;
          world.event('writeAnswered', 0);
        },
      };
    },
    reader: (c, number, world) => {
      let made = 0;
      let open = false;
      world.remembers(() => [made, open]);
      const calls = world.each(() => {
        if (open) throw new Error('a read is not answered yet: me.answer(…) goes before the next one');
        if (made === c.reads) return undefined;
        open = true;
        world.event('readCalled');
        return made++;
      });
      return {
        /** Which reader this is, from 0. */
        number,
        /** A number for each read, from 0. A read begins when the loop asks for it. */
        calls,
        /** Ends the read, with the three words that were read. */
        answer: (first: number, second: number, third: number) => {
          const owners = [Number(first), Number(second), Number(third)].map((w, i) => ownerOf(w, i, c));
          if (!open) throw new Error('me.answer(…) without a read: each is answered once');
          open = false;
          world.event('readAnswered', codeOf(owners));
        },
      };
    },
  },
  speed: {
    case: { readers: 1, writes: 1_000, reads: 5_000 },
    unit: 'calls',
    count: (c) => c.writes + c.readers * c.reads,
  },
});
