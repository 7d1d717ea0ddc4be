/**
 * @finding deadlock
 * @misconception A signal reaches the one it was meant for, even where others wait for something else.
 */
import { condition, int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({
    lock: mutex(),
    changed: condition(),
    buffer: int32Array(c.capacity),
    head: int32(),
    count: int32(),
  }),

  producer({ lock, changed, buffer, head, count }, me) {
    for (const item of me.items) {
      lock.lock();
      while (count.value === buffer.length) changed.wait(lock);
      buffer[(head.value + count.value) % buffer.length] = item;
      count.value++;
      changed.signal();
      lock.unlock();
    }
  },

  consumer({ lock, changed, buffer, head, count }, me) {
    for (let n = 0; n < me.quota; n++) {
      lock.lock();
      while (count.value === 0) changed.wait(lock);
      const item = buffer[head.value];
      head.value = (head.value + 1) % buffer.length;
      count.value--;
      changed.signal();
      lock.unlock();
      me.consume(item);
    }
  },
});
