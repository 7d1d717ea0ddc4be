// The bounded buffer for several producers and consumers with what must be shared and no more: two semaphores, a
// mutex, a ring. One producer and one consumer of four items make 48 steps of it: an item is made, put in (wait,
// lock, write, unlock, post), taken out (the same, with a read) and consumed.
import { int32Array, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({
    free: semaphore(c.capacity),
    filled: semaphore(0),
    lock: mutex(),
    slots: int32Array(c.capacity),
  }),

  producer({ free, filled, lock, slots }, me) {
    let next = 0;
    for (const item of me.items) {
      free.wait();
      lock.lock();
      slots[next] = item;
      next = (next + 1) % slots.length;
      lock.unlock();
      filled.post();
    }
  },

  consumer({ free, filled, lock, slots }, me) {
    let oldest = 0;
    for (let n = 0; n < me.quota; n++) {
      filled.wait();
      lock.lock();
      const item = slots[oldest];
      oldest = (oldest + 1) % slots.length;
      lock.unlock();
      free.post();
      me.consume(item);
    }
  },
});
