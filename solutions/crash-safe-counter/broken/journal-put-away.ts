/**
 * @finding unsafe
 * @rule all receipts are those of one book
 * @misconception What is written in the journal may be struck out as soon as it is being carried out.
 * @smallest {"clerks":2,"visitors":1}
 */
import { bool, int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

export default solve(problem, {
  share: () => ({
    door: mutex({ robust: true }),
    visitors: int32(),
    total: int32(),
    nextVisitors: int32(),
    nextTotal: int32(),
    holds: bool(),
  }),

  clerk({ door, visitors, total, nextVisitors, nextTotal, holds }, me) {
    const carryOut = () => {
      holds.value = false;
      visitors.value = nextVisitors.value;
      total.value = nextTotal.value;
    };
    for (const price of me.prices) {
      door.lock();
      if (door.ownerDied) {
        if (holds.value) carryOut();
        door.consistent();
      }
      nextVisitors.value = visitors.value + 1;
      nextTotal.value = total.value + price;
      holds.value = true;
      carryOut();
      const receipt = [visitors.value, total.value] as const;
      door.unlock();
      me.receipt(...receipt);
    }
  },
});
