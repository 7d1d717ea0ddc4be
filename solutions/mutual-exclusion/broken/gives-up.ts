/**
 * @finding lost
 * @rule everyone was there as often as asked
 * @misconception Trying is as good as waiting.
 */
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

export default solve(problem, {
  share: () => ({ taken: atomicInt32() }),

  clerk({ taken }, me) {
    for (const visit of me.visits) {
      if (!taken.compareAndSet(0, 1)) continue;
      me.enter(visit);
      taken.store(0);
    }
  },
});
