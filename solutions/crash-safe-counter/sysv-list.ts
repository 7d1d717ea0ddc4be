// The list once more, with a semaphore of the system. SEM_UNDO stands with both operations: what was taken and given back has
// come to nothing when the process ends, and only what a dead one had taken is undone.
// Source: semop(2).
import { int32, int32Array, solve, sysvSemaphore } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

export default solve(problem, {
  share: (c) => ({
    desk: sysvSemaphore([1]),
    totals: int32Array(c.clerks * c.visitors + 1),
    visitors: int32(),
  }),

  clerk({ desk, totals, visitors }, me) {
    for (const price of me.prices) {
      desk.semop([[0, -1]], { undo: true });
      const count = visitors.value;
      const total = totals[count] + price;
      totals[count + 1] = total;
      visitors.value = count + 1;
      desk.semop([[0, 1]], { undo: true });
      me.receipt(count + 1, total);
    }
  },
});
