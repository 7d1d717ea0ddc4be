/**
 * @finding lost
 * @rule only what was made is consumed
 * @misconception Whoever is woken by a signal finds things as they were when it was sent.
 * @smallest {"producers":1,"consumers":2,"capacity":1,"items":2}
 */
import { condition, int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  // Long enough for all items, so that no slot is used twice; the count keeps to the capacity.
  share: (c) => ({
    capacity: c.capacity,
    lock: mutex(),
    notFull: condition(),
    notEmpty: condition(),
    buffer: int32Array(c.producers * c.items),
    head: int32(),
    tail: int32(),
    count: int32(),
  }),

  producer({ capacity, lock, notFull, notEmpty, buffer, tail, count }, me) {
    for (const item of me.items) {
      lock.lock();
      while (count.value === capacity) notFull.wait(lock);
      buffer[tail.value] = item;
      tail.value++;
      count.value++;
      notEmpty.signal();
      lock.unlock();
    }
  },

  consumer({ lock, notFull, notEmpty, buffer, head, count }, me) {
    for (let n = 0; n < me.quota; n++) {
      lock.lock();
      if (count.value === 0) notEmpty.wait(lock);
      const item = buffer[head.value];
      head.value++;
      count.value--;
      notFull.signal();
      lock.unlock();
      me.consume(item);
    }
  },
});
