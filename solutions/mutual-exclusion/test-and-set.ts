// One variable, taken and looked at in a single step; while it is taken, looking alone does not disturb whoever has it.
// Herlihy, Shavit, "The Art of Multiprocessor Programming", section 7.3.
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

export default solve(problem, {
  share: () => ({ taken: atomicInt32() }),

  clerk({ taken }, me) {
    for (const visit of me.visits) {
      while (taken.exchange(1) === 1) while (taken.load() === 1);
      me.enter(visit);
      taken.store(0);
    }
  },
});
