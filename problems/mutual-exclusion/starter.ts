// Mutual exclusion: your solution. The rules are in problems/mutual-exclusion/README.md.
//
// What you may import and create in share:
//   bool(false), boolArray(length)   truth values: wants[i]
//   int32(0), int32Array(length)     numbers: ticket[i]
//   atomicInt32(0)                   load(), store(n), add(n), exchange(n), compareAndSet(expected, n)
import { solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

export default solve(problem, {
  // Creates what all processes share. c.clerks is the number of clerks.
  share: (_c) => ({}),

  // me.number is the clerk's number, from 0.
  clerk(_shared, me) {
    for (const visit of me.visits) {
      throw new Error(`implement clerk: wait until nobody else is inside, me.enter(${visit}), let others in`);
    }
  },
});
