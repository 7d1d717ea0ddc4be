// The problem that the programs of the scoreboard solve: two roles of so many processes, and an assertion. What a
// program's roles mean, its own file says.
import { between, problem } from 'interleave';

export default problem({
  id: 'bench-hunt',
  title: 'Scoreboard',
  level: 1,
  summary: 'Two roles, and one thing that must not happen.',
  parameters: {
    lefts: between(1, 100),
    rights: between(0, 100),
    /** Times that each of the left role does its part. */
    times: between(1, 4),
    capacity: between(1, 4),
  },
  roles: { left: (c) => c.lefts, right: (c) => c.rights },
  specification: {
    start: () => ({}),
    events: {
      failed: {
        says: 'sees what must not be',
        rules: { 'no assertion fails': { holds: () => false, because: () => 'one did' } },
      },
    },
  },
  me: {
    left: (c, number, world) => ({ number, times: c.times, fail: () => world.event('failed') }),
    right: (c, number, world) => ({
      number,
      /** Its share of what the left ones do together; some do one more than others. */
      times: Math.floor((c.lefts * c.times) / c.rights) + (number < (c.lefts * c.times) % c.rights ? 1 : 0),
      fail: () => world.event('failed'),
    }),
  },
  speed: { case: { lefts: 1, rights: 1, times: 1, capacity: 1 }, unit: 'times', count: (c) => c.times },
});
