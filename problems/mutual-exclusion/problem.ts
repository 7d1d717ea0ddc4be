// Mutual exclusion from nothing but reading and writing: the problem of Dijkstra, "Solution of a problem in concurrent
// programming control", CACM 8(9), 1965. Plain variables are run under total store order, as on x86 processors, so the
// algorithms of the books fail with them as they do there.
import { between, problem } from 'interleave';

const KINDS = ['mutex', 'rwlock', 'semaphore', 'condition', 'barrier', 'latch', 'event'];

export default problem({
  id: 'mutual-exclusion',
  title: 'Mutual exclusion',
  level: 3,
  summary: 'Build a lock yourself, from variables, on a processor that delays what you write.',
  parameters: { clerks: between(2, 3), visits: between(1, 2, { free: 200 }) },
  roles: { clerk: (c) => c.clerks },
  forbidden: Object.fromEntries(
    KINDS.map((kind) => [kind, 'somebody else has built the lock then; use variables and atomicInt32']),
  ),
  memory: 'tso',
  races: 'allowed',
  specification: {
    start: (c) => ({
      /** Who is in the archive, and who was the first and the last to enter. */
      inside: [] as number[],
      first: -1,
      last: -1,
      /** Somebody entered twice, and nobody else in between. */
      again: false,
      visits: new Array<number>(c.clerks).fill(0),
    }),
    events: {
      enters: {
        says: 'enters the archive',
        rules: {
          'one at a time is in the archive': {
            holds: (s) => s.inside.length === 0,
            because: (s) => `clerk ${s.inside[0]} was there`,
          },
        },
        then: (s, e) => {
          s.inside.push(e.by);
          if (s.first < 0) s.first = e.by;
          if (s.last === e.by) s.again = true;
          s.last = e.by;
        },
      },
      leaves: {
        says: 'leaves the archive',
        then: (s, e) => {
          s.inside = s.inside.filter((by) => by !== e.by);
          s.visits[e.by]++;
        },
      },
    },
    ends: {
      'everyone was there as often as asked': (s, c) => s.visits.every((visits) => visits === c.visits),
    },
    witnesses: {
      'the last of the clerks can be the first to enter': { seen: (s, c) => s.first === c.clerks - 1 },
      'one can enter twice before any other does': { given: (c) => c.visits > 1, seen: (s) => s.again },
    },
  },
  me: {
    clerk: (c, number, world) => {
      world.remembers(() => []);
      return {
        /** Which clerk this is, from 0. */
        number,
        /** The visits to make, numbered from 1. */
        visits: Array.from({ length: c.visits }, (_, i) => i + 1),
        /** Enters the archive, and leaves it. Takes a while; nobody else may be there. */
        enter: (visit: number) => world.during('enters', 'leaves', visit),
      };
    },
  },
  speed: { case: { clerks: 2, visits: 200 }, unit: 'visits', count: (c) => c.clerks * c.visits },
});
