/**
 * @finding unsafe
 * @rule all receipts are those of one book
 * @misconception What has been given back need not be undone.
 * @smallest {"clerks":3,"visitors":1}
 */
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
      desk.semop([[0, 1]]);
      me.receipt(count + 1, total);
    }
  },
});
