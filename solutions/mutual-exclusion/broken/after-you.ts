/**
 * @finding over-synchronised
 * @rule one can enter twice before any other does
 * @misconception It is only polite to let somebody else in before one comes again.
 */
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

// Safe, and anybody can be first; but who was there waits for another to come, though nobody may want to.
export default solve(problem, {
  share: (c) => ({ taken: atomicInt32(), last: atomicInt32(-1), left: atomicInt32(c.clerks) }),

  clerk({ taken, last, left }, me) {
    for (const visit of me.visits) {
      while (last.load() === me.number && left.load() > 1);
      while (taken.exchange(1) === 1);
      me.enter(visit);
      last.store(me.number);
      taken.store(0);
    }
    left.add(-1);
  },
});
