/**
 * @finding unsafe
 * @rule one at a time is in the archive
 * @misconception One fence behind the raised flag is enough, also for the flag that is raised again.
 */
import { atomicInt32, boolArray, int32, solve } from 'interleave';
import problem from 'interleave/problems/mutual-exclusion';

// Dekker's algorithm. Who has given way raises the flag a second time, and looks while it is still in the buffer. A
// third clerk plays against the winner of the two.
class Pair {
  wants = boolArray(2);
  turn = int32();
  fence = atomicInt32();

  enter(side: number): void {
    this.wants[side] = true;
    this.fence.exchange(0);
    while (this.wants[1 - side]) {
      if (this.turn.value === side) continue;
      this.wants[side] = false;
      while (this.turn.value !== side);
      this.wants[side] = true;
    }
  }

  leave(side: number): void {
    this.turn.value = 1 - side;
    this.wants[side] = false;
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
