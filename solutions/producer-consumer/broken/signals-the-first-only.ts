/**
 * @finding deadlock
 * @misconception Only the first item has to be announced: as long as there are more, nobody waits.
 * @smallest {"producers":1,"consumers":2,"capacity":2,"items":2}
 */
import { condition, int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({
    lock: mutex(),
    notEmpty: condition(),
    notFull: condition(),
    buffer: int32Array(c.capacity),
    first: int32(),
    count: int32(),
  }),

  producer({ lock, notEmpty, notFull, buffer, first, count }, me) {
    for (const item of me.items) {
      lock.lock();
      while (count.value === buffer.length) notFull.wait(lock);
      buffer[(first.value + count.value) % buffer.length] = item;
      count.value++;
      if (count.value === 1) notEmpty.signal();
      lock.unlock();
    }
  },

  consumer({ lock, notEmpty, notFull, buffer, first, count }, me) {
    for (let i = 0; i < me.quota; i++) {
      lock.lock();
      while (count.value === 0) notEmpty.wait(lock);
      const item = buffer[first.value];
      first.value = (first.value + 1) % buffer.length;
      count.value--;
      notFull.signal();
      lock.unlock();
      me.consume(item);
    }
  },
});
