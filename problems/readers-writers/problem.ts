import { between, problem } from 'interleave';

interface State {
  /** Which readers read, which writers write: by number in the role. */
  readonly readers: boolean[];
  readonly writers: boolean[];
  reading: number;
  writing: number;
  /** Visits of each process that came to an end. */
  readonly visits: number[];
}

/** `reader 0 and reader 2`. */
const who = (role: string, inside: readonly boolean[]): string =>
  inside.flatMap((is, number) => (is ? [`${role} ${number}`] : [])).join(' and ');

// One sentence for both sides of it: whether the reader or the writer comes second is the schedule's choice, since
// what a process does between being let in and beginning can always take longer.
const apart = 'nobody reads while a writer writes';

export default problem({
  id: 'readers-writers',
  title: 'Readers and writers',
  level: 2,
  summary: 'Many may read at once, but whoever writes must be alone.',
  parameters: {
    readers: between(1, 4),
    writers: between(1, 2),
    visits: between(1, 3, { free: 20_000 }),
  },
  roles: { reader: (c) => c.readers, writer: (c) => c.writers },
  specification: {
    start: (c): State => ({
      readers: new Array<boolean>(c.readers).fill(false),
      writers: new Array<boolean>(c.writers).fill(false),
      reading: 0,
      writing: 0,
      visits: new Array<number>(c.readers + c.writers).fill(0),
    }),
    events: {
      readBegins: {
        says: 'begins to read',
        rules: {
          [apart]: {
            holds: (s) => s.writing === 0,
            because: (s) => `${who('writer', s.writers)} was writing`,
          },
        },
        then: (s, e) => {
          s.readers[e.by] = true;
          s.reading++;
        },
      },
      readEnds: {
        says: 'ends reading',
        then: (s, e) => {
          s.readers[e.by] = false;
          s.reading--;
          s.visits[e.process]++;
        },
      },
      writeBegins: {
        says: 'begins to write',
        rules: {
          [apart]: {
            holds: (s) => s.reading === 0,
            because: (s) => `${who('reader', s.readers)} ${s.reading === 1 ? 'was' : 'were'} reading`,
          },
          'only one writer writes at a time': {
            holds: (s) => s.writing === 0,
            because: (s) => `${who('writer', s.writers)} was writing`,
          },
        },
        then: (s, e) => {
          s.writers[e.by] = true;
          s.writing++;
        },
      },
      writeEnds: {
        says: 'ends writing',
        then: (s, e) => {
          s.writers[e.by] = false;
          s.writing--;
          s.visits[e.process]++;
        },
      },
    },
    ends: {
      'everybody makes every visit': (s, c) => s.visits.every((visits) => visits === c.visits),
    },
    witnesses: {
      'two readers read at once': { given: (c) => c.readers > 1, seen: (s) => s.reading > 1 },
      'all readers read at once': { given: (c) => c.readers > 2, seen: (s, c) => s.reading === c.readers },
    },
  },
  me: {
    reader: (c, _number, world) => {
      world.remembers(() => []);
      return {
        /** The visits to make, numbered from 1. */
        visits: Array.from({ length: c.visits }, (_, i) => i + 1),
        /** Reads. Takes a while. */
        read: (visit: number) => world.during('readBegins', 'readEnds', visit),
      };
    },
    writer: (c, _number, world) => {
      world.remembers(() => []);
      return {
        /** The visits to make, numbered from 1. */
        visits: Array.from({ length: c.visits }, (_, i) => i + 1),
        /** Writes. Takes a while. */
        write: (visit: number) => world.during('writeBegins', 'writeEnds', visit),
      };
    },
  },
  speed: {
    case: { readers: 2, writers: 1, visits: 10_000 },
    unit: 'visits',
    count: (c) => (c.readers + c.writers) * c.visits,
  },
});
