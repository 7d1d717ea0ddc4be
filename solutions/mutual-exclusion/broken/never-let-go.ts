/**
 * @finding non-terminating|busy-waiting|livelock
 * @misconception Leaving the archive opens it for the next one.
 */
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

export default solve(problem, {
  share: () => ({ taken: atomicInt32() }),

  clerk({ taken }, me) {
    for (const visit of me.visits) {
      while (!taken.compareAndSet(0, 1));
      me.enter(visit);
    }
  },
});
