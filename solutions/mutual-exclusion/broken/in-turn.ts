/**
 * @finding over-synchronised
 * @rule the last of the clerks can be the first to enter
 * @rule one can enter twice before any other does
 * @misconception Taking turns is fair, so it must be right.
 */
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

// Safe, but who is not there when it is his turn holds up everybody.
export default solve(problem, {
  share: (c) => ({ turn: atomicInt32(), clerks: c.clerks }),

  clerk({ turn, clerks }, me) {
    for (const visit of me.visits) {
      while (turn.load() % clerks !== me.number);
      me.enter(visit);
      turn.add(1);
    }
  },
});
