/**
 * @finding unsafe
 * @rule all answers are those of one queue
 * @misconception In is in and out is out.
 * @smallest {"enqueuers":1,"dequeuers":1,"capacity":2,"calls":2}
 */
import { int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

export default solve(problem, {
  share: (c) => ({ lock: mutex(), slots: int32Array(c.capacity), count: int32() }),

  enqueuer({ lock, slots, count }, me) {
    for (const item of me.items) {
      lock.lock();
      const room = count.value < slots.length;
      if (room) slots[count.value++] = item;
      lock.unlock();
      me.answer(room);
    }
  },

  dequeuer({ lock, slots, count }, me) {
    for (const _call of me.calls) {
      lock.lock();
      const item = count.value > 0 ? slots[--count.value] : undefined;
      lock.unlock();
      me.answer(item);
    }
  },
});
