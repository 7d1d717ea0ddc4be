/**
 * @finding deadlock
 * @misconception First lock, then see whether there is anything to take: all that is shared belongs under the mutex.
 * @smallest {"producers":1,"consumers":1,"capacity":1,"items":1}
 */
import { int32, int32Array, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({
    free: semaphore(c.capacity),
    filled: semaphore(0),
    lock: mutex(),
    buffer: int32Array(c.capacity),
    head: int32(),
    tail: int32(),
  }),

  producer({ free, filled, lock, buffer, tail }, me) {
    for (const item of me.items) {
      lock.lock();
      free.wait();
      buffer[tail.value] = item;
      tail.value = (tail.value + 1) % buffer.length;
      filled.post();
      lock.unlock();
    }
  },

  consumer({ free, filled, lock, buffer, head }, me) {
    for (let n = 0; n < me.quota; n++) {
      lock.lock();
      filled.wait();
      const item = buffer[head.value];
      head.value = (head.value + 1) % buffer.length;
      free.post();
      lock.unlock();
      me.consume(item);
    }
  },
});
