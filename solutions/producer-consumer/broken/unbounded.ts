/**
 * @finding unsafe
 * @rule the buffer never holds more than it has room for
 * @misconception A buffer that is long enough needs no semaphore for its free slots.
 * @smallest {"producers":1,"consumers":1,"capacity":1,"items":4}
 */
import { int32, int32Array, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({
    filled: semaphore(0),
    lock: mutex(),
    buffer: int32Array(c.producers * c.items),
    head: int32(),
    tail: int32(),
  }),

  producer({ filled, lock, buffer, tail }, me) {
    for (const item of me.items) {
      lock.lock();
      buffer[tail.value] = item;
      tail.value++;
      lock.unlock();
      filled.post();
    }
  },

  consumer({ filled, lock, buffer, head }, me) {
    for (let n = 0; n < me.quota; n++) {
      filled.wait();
      lock.lock();
      const item = buffer[head.value];
      head.value++;
      lock.unlock();
      me.consume(item);
    }
  },
});
