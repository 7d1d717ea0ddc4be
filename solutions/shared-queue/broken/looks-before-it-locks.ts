/**
 * @finding unsafe
 * @rule all answers are those of one queue
 * @misconception Looking whether there is an item changes nothing, so it needs no lock.
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
    }
  },

  dequeuer({ lock, slots, head, count }, me) {
    for (const _call of me.calls) {
      if (count.value === 0) {
        me.answer(undefined);
        continue;
      }
      lock.lock();
      const item = slots[head.value];
      head.value = (head.value + 1) % slots.length;
      count.value--;
      lock.unlock();
      me.answer(item);
    }
  },
});
