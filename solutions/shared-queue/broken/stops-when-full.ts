/**
 * @finding lost
 * @rule every call is answered
 * @misconception If there is no room now there will be none later.
 */
import { int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

export default solve(problem, {
  share: (c) => ({ lock: mutex(), slots: int32Array(c.capacity), head: int32(), count: int32() }),

  enqueuer({ lock, slots, head, count }, me) {
    for (const item of me.items) {
      lock.lock();
      const room = count.value < slots.length;
      if (room) {
        slots[(head.value + count.value) % slots.length] = item;
        count.value++;
      }
      lock.unlock();
      me.answer(room);
      if (!room) break;
    }
  },

  dequeuer({ lock, slots, head, count }, me) {
    for (const _call of me.calls) {
      let item: number | undefined;
      lock.lock();
      if (count.value > 0) {
        item = slots[head.value];
        head.value = (head.value + 1) % slots.length;
        count.value--;
      }
      lock.unlock();
      me.answer(item);
    }
  },
});
