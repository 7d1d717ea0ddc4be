/**
 * @finding deadlock
 * @misconception A semaphore has no owner, so nobody can take it with him.
 * @smallest {"clerks":2,"visitors":1}
 */
import { int32, int32Array, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

export default solve(problem, {
  share: (c) => ({
    desk: semaphore(1),
    totals: int32Array(c.clerks * c.visitors + 1),
    visitors: int32(),
  }),

  clerk({ desk, totals, visitors }, me) {
    for (const price of me.prices) {
      desk.wait();
      const count = visitors.value;
      const total = totals[count] + price;
      totals[count + 1] = total;
      visitors.value = count + 1;
      desk.post();
      me.receipt(count + 1, total);
    }
  },
});
