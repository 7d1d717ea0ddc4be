// Two pages: the next state of the books is written on the page that nobody reads, and then, in a single step, that page
// becomes the one that counts. Nothing is ever half done, so after a death there is nothing to mend.
// Source: shadow pages (Lorie, "Physical integrity in a large segmented database", ACM TODS 2(1), 1977).
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
      if (door.ownerDied) door.consistent();
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
