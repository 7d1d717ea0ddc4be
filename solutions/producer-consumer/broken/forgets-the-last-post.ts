/**
 * @finding deadlock
 * @misconception After its own last item a consumer needs nothing more, so nobody needs anything from it.
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
    for (let n = 1; n <= me.quota; n++) {
      filled.wait();
      lock.lock();
      const item = buffer[head.value];
      head.value = (head.value + 1) % buffer.length;
      lock.unlock();
      me.consume(item);
      if (n === me.quota) return;
      free.post();
    }
  },
});
