/**
 * @finding unsafe
 * @rule all receipts are those of one book
 * @misconception Two atomic steps are as good as one.
 * @smallest {"clerks":2,"visitors":1}
 */
import { atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

export default solve(problem, {
  share: () => ({ visitors: atomicInt32(), total: atomicInt32() }),

  clerk({ visitors, total }, me) {
    for (const price of me.prices) {
      const count = visitors.add(1) + 1;
      me.receipt(count, total.add(price) + price);
    }
  },
});
