/**
 * @finding deadlock
 * @misconception Whoever asks an empty queue wants an item, so let it wait until there is one.
 */
import { int32, int32Array, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

export default solve(problem, {
  share: (c) => ({
    filled: semaphore(0),
    lock: mutex(),
    slots: int32Array(c.capacity),
    head: int32(),
    count: int32(),
  }),

  enqueuer({ filled, lock, slots, head, count }, me) {
    for (const item of me.items) {
      lock.lock();
      const room = count.value < slots.length;
      if (room) {
        slots[(head.value + count.value) % slots.length] = item;
        count.value++;
        filled.post();
      }
      lock.unlock();
      me.answer(room);
    }
  },

  dequeuer({ filled, lock, slots, head, count }, me) {
    for (const _call of me.calls) {
      filled.wait();
      lock.lock();
      const item = slots[head.value];
      head.value = (head.value + 1) % slots.length;
      count.value--;
      lock.unlock();
      me.answer(item);
    }
  },
});
