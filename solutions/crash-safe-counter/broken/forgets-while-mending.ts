/**
 * @finding unsafe
 * @rule all receipts are those of one book
 * @misconception Nobody dies while he clears up after a death.
 * @smallest {"clerks":3,"visitors":1}
 */
import { bool, int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

export default solve(problem, {
  share: () => ({
    door: mutex({ robust: true }),
    visitors: int32(),
    total: int32(),
    oldVisitors: int32(),
    oldTotal: int32(),
    open: bool(),
  }),

  clerk({ door, visitors, total, oldVisitors, oldTotal, open }, me) {
    for (const price of me.prices) {
      door.lock();
      if (door.ownerDied) {
        if (open.value) {
          open.value = false;
          visitors.value = oldVisitors.value;
          total.value = oldTotal.value;
        }
        door.consistent();
      }
      oldVisitors.value = visitors.value;
      oldTotal.value = total.value;
      open.value = true;
      visitors.value++;
      total.value += price;
      const receipt = [visitors.value, total.value] as const;
      open.value = false;
      door.unlock();
      me.receipt(...receipt);
    }
  },
});
