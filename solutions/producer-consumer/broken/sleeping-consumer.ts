/**
 * @finding lost
 * @rule only what was made is consumed
 * @misconception After a short sleep the item will surely be there.
 * @smallest {"producers":1,"consumers":1,"capacity":1,"items":1}
 */
import { int32, int32Array, mutex, semaphore, sleep, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  // Long enough for all items, so that no slot is used twice; the semaphore keeps to the capacity.
  share: (c) => ({
    free: semaphore(c.capacity),
    lock: mutex(),
    buffer: int32Array(c.producers * c.items),
    head: int32(),
    tail: int32(),
  }),

  producer({ free, lock, buffer, tail }, me) {
    for (const item of me.items) {
      free.wait();
      lock.lock();
      buffer[tail.value] = item;
      tail.value++;
      lock.unlock();
    }
  },

  consumer({ free, lock, buffer, head }, me) {
    for (let n = 0; n < me.quota; n++) {
      sleep(50);
      lock.lock();
      const item = buffer[head.value];
      head.value++;
      lock.unlock();
      free.post();
      me.consume(item);
    }
  },
});
