/**
 * @finding lost
 * @rule every clerk that lives has served all its visitors
 * @misconception After a death nothing can be saved, so one had better stop.
 * @smallest {"clerks":2,"visitors":1}
 */
import { int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

export default solve(problem, {
  share: () => ({ door: mutex({ robust: true }), visitors: int32(), total: int32() }),

  clerk({ door, visitors, total }, me) {
    for (const price of me.prices) {
      door.lock();
      if (door.ownerDied) {
        door.consistent();
        door.unlock();
        return;
      }
      visitors.value++;
      total.value += price;
      const receipt = [visitors.value, total.value] as const;
      door.unlock();
      me.receipt(...receipt);
    }
  },
});
