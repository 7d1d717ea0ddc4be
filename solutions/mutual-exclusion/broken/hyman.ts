/**
 * @finding unsafe
 * @rule one at a time is in the archive
 * @misconception Whoever has the turn may go in: the other one has seen to it that nobody is on the way.
 * @smallest {"clerks":2,"visits":1}
 */
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

// Published as an improvement of Dekker's algorithm: H. Hyman, "Comments on a problem in concurrent programming control",
// CACM 9(1), 1966; D. E. Knuth found the mistake four months later. A third clerk plays against the winner of the two.
class Pair {
  wants = [atomicInt32(), atomicInt32()];
  turn = atomicInt32();

  enter(side: number): void {
    this.wants[side].store(1);
    while (this.turn.load() !== side) {
      while (this.wants[1 - side].load() === 1);
      this.turn.store(side);
    }
  }

  leave(side: number): void {
    this.wants[side].store(0);
  }
}

export default solve(problem, {
  share: () => ({ first: new Pair(), final: new Pair() }),

  clerk({ first, final }, me) {
    const side = me.number < 2 ? 0 : 1;
    for (const visit of me.visits) {
      if (side === 0) first.enter(me.number);
      final.enter(side);
      me.enter(visit);
      final.leave(side);
      if (side === 0) first.leave(me.number);
    }
  },
});
