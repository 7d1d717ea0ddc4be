/**
 * @finding over-synchronised
 * @rule two consumers consume at once
 * @misconception The longer the mutex is held, the safer.
 * @smallest {"producers":1,"consumers":2,"capacity":2,"items":2}
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
      free.wait();
      lock.lock();
      buffer[tail.value] = item;
      tail.value = (tail.value + 1) % buffer.length;
      lock.unlock();
      filled.post();
    }
  },

  consumer({ free, filled, lock, buffer, head }, me) {
    for (let n = 0; n < me.quota; n++) {
      filled.wait();
      lock.lock();
      const item = buffer[head.value];
      head.value = (head.value + 1) % buffer.length;
      me.consume(item);
      lock.unlock();
      free.post();
    }
  },
});
