/**
 * @finding unsafe
 * @rule all receipts are those of one book
 * @misconception SEM_UNDO undoes what the process did while it had the unit.
 * @smallest {"clerks":2,"visitors":1}
 */
import { int32, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

export default solve(problem, {
  share: () => ({ desk: semaphore(1, { undo: true }), visitors: int32(), total: int32() }),

  clerk({ desk, visitors, total }, me) {
    for (const price of me.prices) {
      desk.wait();
      visitors.value++;
      total.value += price;
      const receipt = [visitors.value, total.value] as const;
      desk.post();
      me.receipt(...receipt);
    }
  },
});
