/**
 * @finding over-synchronised
 * @rule a full queue says so at once
 * @misconception Full is for a moment only: it is kinder to wait until somebody has come for an item than to say no.
 */
import { event, int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

export default solve(problem, {
  share: (c) => ({
    visited: event(),
    lock: mutex(),
    slots: int32Array(c.capacity),
    head: int32(),
    count: int32(),
  }),

  enqueuer({ visited, lock, slots, head, count }, me) {
    for (const item of me.items) {
      lock.lock();
      if (count.value === slots.length) {
        lock.unlock();
        visited.wait();
        lock.lock();
      }
      const room = count.value < slots.length;
      if (room) {
        slots[(head.value + count.value) % slots.length] = item;
        count.value++;
      }
      lock.unlock();
      me.answer(room);
    }
  },

  dequeuer({ visited, lock, slots, head, count }, me) {
    for (const _call of me.calls) {
      let item: number | undefined;
      lock.lock();
      if (count.value > 0) {
        item = slots[head.value];
        head.value = (head.value + 1) % slots.length;
        count.value--;
      }
      lock.unlock();
      visited.set();
      me.answer(item);
    }
  },
});
