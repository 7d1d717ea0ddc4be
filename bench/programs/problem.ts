// The problem that the bench's programs solve: two roles, and how often each does its part. It has no rules, since
// what is measured is the machinery alone.
import { between, problem } from 'interleave';

export default problem({
  id: 'bench',
  title: 'Bench',
  level: 1,
  summary: 'Two roles that do something many times.',
  parameters: { lefts: between(1, 8), rights: between(0, 8), times: between(1, 100_000_000) },
  roles: { left: (c) => c.lefts, right: (c) => c.rights },
  specification: { start: () => ({}), events: {} },
  me: {
    left: (c) => ({ times: c.times }),
    right: (c) => ({ times: c.times }),
  },
  speed: { case: { lefts: 1, rights: 1, times: 1 }, unit: 'times', count: (c) => c.times },
});
