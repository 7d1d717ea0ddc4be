/**
 * @finding misuse
 * @misconception Whoever has locked a robust mutex after a death can go on with it as with any other.
 * @smallest {"clerks":2,"visitors":2}
 */
import { int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

export default solve(problem, {
  share: () => ({
    door: mutex({ robust: true }),
    visitors: int32Array(2),
    totals: int32Array(2),
    page: int32(),
  }),

  clerk({ door, visitors, totals, page }, me) {
    for (const price of me.prices) {
      door.lock();
      const now = page.value;
      const next = 1 - now;
      const count = visitors[now] + 1;
      const total = totals[now] + price;
      visitors[next] = count;
      totals[next] = total;
      page.value = next;
      door.unlock();
      me.receipt(count, total);
    }
  },
});
