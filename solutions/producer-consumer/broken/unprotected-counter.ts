/**
 * @finding deadlock
 * @misconception Each access to a counter is a single step, so counting needs no lock.
 * @smallest {"producers":2,"consumers":1,"capacity":1,"items":1}
 */
import { condition, int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({
    lock: mutex(),
    notFull: condition(),
    notEmpty: condition(),
    buffer: int32Array(c.capacity),
    head: int32(),
    count: int32(),
    toCome: int32(c.producers * c.items),
  }),

  producer({ lock, notFull, notEmpty, buffer, head, count, toCome }, me) {
    for (const item of me.items) {
      const left = toCome.value - 1;
      lock.lock();
      while (count.value === buffer.length) notFull.wait(lock);
      buffer[(head.value + count.value) % buffer.length] = item;
      count.value++;
      notEmpty.signal();
      lock.unlock();
      toCome.value = left;
    }
    lock.lock();
    if (toCome.value === 0) notEmpty.broadcast();
    lock.unlock();
  },

  consumer({ lock, notFull, notEmpty, buffer, head, count, toCome }, me) {
    for (;;) {
      lock.lock();
      while (count.value === 0 && toCome.value > 0) notEmpty.wait(lock);
      if (count.value === 0) {
        lock.unlock();
        return;
      }
      const item = buffer[head.value];
      head.value = (head.value + 1) % buffer.length;
      count.value--;
      notFull.signal();
      lock.unlock();
      me.consume(item);
    }
  },
});
