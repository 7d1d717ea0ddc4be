/**
 * @finding non-terminating|busy-waiting|livelock
 * @misconception It is enough to say that I want in.
 * @smallest {"clerks":2,"visits":1}
 */
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

// Both flags are up, and each waits for the other one to go down.
export default solve(problem, {
  share: (c) => ({ wants: Array.from({ length: c.clerks }, () => atomicInt32()) }),

  clerk({ wants }, me) {
    const others = wants.filter((_, i) => i !== me.number);
    for (const visit of me.visits) {
      wants[me.number].store(1);
      while (others.some((other) => other.load() === 1));
      me.enter(visit);
      wants[me.number].store(0);
    }
  },
});
