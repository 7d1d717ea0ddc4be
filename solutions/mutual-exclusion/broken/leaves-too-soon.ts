/**
 * @finding unsafe
 * @rule one at a time is in the archive
 * @misconception Nobody comes that fast.
 */
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

// The door is opened for the next one before this one is inside.
export default solve(problem, {
  share: () => ({ taken: atomicInt32() }),

  clerk({ taken }, me) {
    for (const visit of me.visits) {
      while (taken.exchange(1) === 1);
      taken.store(0);
      me.enter(visit);
    }
  },
});
