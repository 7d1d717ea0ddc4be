// One mutex and one condition: everything that changes is told to everybody, who look for themselves. As Java's
// `synchronized` with `notifyAll` does it: simple, and it wakes more than it must.
// Source: B. Goetz et al., "Java concurrency in practice", 2006, listing 14.6, BoundedBuffer with a condition queue.
import { condition, int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  // Both numbers only grow: the slot is the remainder, the difference is what lies in the buffer.
  share: (c) => ({
    lock: mutex(),
    changed: condition(),
    buffer: int32Array(c.capacity),
    put: int32(),
    taken: int32(),
  }),

  producer({ lock, changed, buffer, put, taken }, me) {
    for (const item of me.items) {
      lock.lock();
      while (put.value - taken.value === buffer.length) changed.wait(lock);
      buffer[put.value % buffer.length] = item;
      put.value++;
      changed.broadcast();
      lock.unlock();
    }
  },

  consumer({ lock, changed, buffer, put, taken }, me) {
    for (let n = 0; n < me.quota; n++) {
      lock.lock();
      while (put.value === taken.value) changed.wait(lock);
      const item = buffer[taken.value % buffer.length];
      taken.value++;
      changed.broadcast();
      lock.unlock();
      me.consume(item);
    }
  },
});
