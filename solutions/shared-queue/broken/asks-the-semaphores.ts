/**
 * @finding unsafe
 * @rule all answers are those of one queue
 * @misconception Semaphores that count right for those who wait also give the right answer to those who only ask.
 * @smallest {"enqueuers":2,"dequeuers":1,"capacity":1,"calls":1}
 */
import { int32, int32Array, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

// No item is lost and none comes twice. But between its two semaphores an item is nowhere: it takes up room already,
// and is not there yet.
export default solve(problem, {
  share: (c) => ({
    free: semaphore(c.capacity),
    filled: semaphore(0),
    lock: mutex(),
    slots: int32Array(c.capacity),
    head: int32(),
    tail: int32(),
  }),

  enqueuer({ free, filled, lock, slots, tail }, me) {
    for (const item of me.items) {
      const room = free.tryWait();
      if (room) {
        lock.lock();
        slots[tail.value] = item;
        tail.value = (tail.value + 1) % slots.length;
        lock.unlock();
        filled.post();
      }
      me.answer(room);
    }
  },

  dequeuer({ free, filled, lock, slots, head }, me) {
    for (const _call of me.calls) {
      let item: number | undefined;
      if (filled.tryWait()) {
        lock.lock();
        item = slots[head.value];
        head.value = (head.value + 1) % slots.length;
        lock.unlock();
        free.post();
      }
      me.answer(item);
    }
  },
});
