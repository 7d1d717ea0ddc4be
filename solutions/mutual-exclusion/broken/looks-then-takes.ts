/**
 * @finding unsafe
 * @rule one at a time is in the archive
 * @misconception If it was free when I looked, it is free when I take it.
 */
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

// Two can look before either takes it.
export default solve(problem, {
  share: () => ({ taken: atomicInt32() }),

  clerk({ taken }, me) {
    for (const visit of me.visits) {
      while (taken.load() === 1);
      taken.store(1);
      me.enter(visit);
      taken.store(0);
    }
  },
});
