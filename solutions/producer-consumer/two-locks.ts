// Semaphores and two locks: producers exclude each other at one end, consumers at the other, and the two ends never
// wait for one another, since the semaphores keep them apart.
// Source: the two-lock queue of M. M. Michael and M. L. Scott, "Simple, fast, and practical non-blocking and
// blocking concurrent queue algorithms", PODC 1996, here over a ring.
import { int32, int32Array, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({
    free: semaphore(c.capacity),
    filled: semaphore(0),
    front: mutex(),
    back: mutex(),
    buffer: int32Array(c.capacity),
    head: int32(),
    tail: int32(),
  }),

  producer({ free, filled, back, buffer, tail }, me) {
    for (const item of me.items) {
      free.wait();
      back.lock();
      buffer[tail.value] = item;
      tail.value = (tail.value + 1) % buffer.length;
      back.unlock();
      filled.post();
    }
  },

  consumer({ free, filled, front, buffer, head }, me) {
    for (let n = 0; n < me.quota; n++) {
      filled.wait();
      front.lock();
      const item = buffer[head.value];
      head.value = (head.value + 1) % buffer.length;
      front.unlock();
      free.post();
      me.consume(item);
    }
  },
});
