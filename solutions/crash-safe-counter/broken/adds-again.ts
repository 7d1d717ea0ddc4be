/**
 * @finding unsafe
 * @rule all receipts are those of one book
 * @misconception What a dead clerk had begun can simply be done again.
 * @smallest {"clerks":2,"visitors":1}
 */
import { int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

export default solve(problem, {
  share: () => ({ door: mutex({ robust: true }), visitors: int32(), total: int32(), begun: int32() }),

  clerk({ door, visitors, total, begun }, me) {
    const carryOut = () => {
      visitors.value++;
      total.value += begun.value;
      begun.value = 0;
    };
    for (const price of me.prices) {
      door.lock();
      if (door.ownerDied) {
        if (begun.value !== 0) carryOut();
        door.consistent();
      }
      begun.value = price;
      carryOut();
      const receipt = [visitors.value, total.value] as const;
      door.unlock();
      me.receipt(...receipt);
    }
  },
});
