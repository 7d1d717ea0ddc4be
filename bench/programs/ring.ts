// The bounded buffer as textbooks have it: two semaphores, a mutex, a ring. An item is made, put in, taken out and
// consumed in 17 steps, three of which are events.
import { int32, int32Array, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({
    free: semaphore(c.capacity),
    filled: semaphore(0),
    lock: mutex(),
    slots: int32Array(c.capacity),
    next: int32(),
    oldest: int32(),
  }),

  producer({ free, filled, lock, slots, next }, me) {
    for (const item of me.items) {
      free.wait();
      lock.lock();
      const at = next.value;
      slots[at] = item;
      next.value = (at + 1) % slots.length;
      lock.unlock();
      filled.post();
    }
  },

  consumer({ free, filled, lock, slots, oldest }, me) {
    for (let n = 0; n < me.quota; n++) {
      filled.wait();
      lock.lock();
      const at = oldest.value;
      const item = slots[at];
      oldest.value = (at + 1) % slots.length;
      lock.unlock();
      free.post();
      me.consume(item);
    }
  },
});
