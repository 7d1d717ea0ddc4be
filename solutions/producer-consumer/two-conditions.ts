// A monitor: one mutex, and a condition for each thing that somebody may have to wait for. Whoever wakes looks again,
// since another one may have come first.
// Source: C. A. R. Hoare, "Monitors: an operating system structuring concept", CACM 17(10), 1974, with the `while` of
// B. W. Lampson and D. D. Redell, "Experience with processes and monitors in Mesa", CACM 23(2), 1980.
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
  }),

  producer({ lock, notFull, notEmpty, buffer, head, count }, me) {
    for (const item of me.items) {
      lock.lock();
      while (count.value === buffer.length) notFull.wait(lock);
      buffer[(head.value + count.value) % buffer.length] = item;
      count.value++;
      notEmpty.signal();
      lock.unlock();
    }
  },

  consumer({ lock, notFull, notEmpty, buffer, head, count }, me) {
    for (let n = 0; n < me.quota; n++) {
      lock.lock();
      while (count.value === 0) notEmpty.wait(lock);
      const item = buffer[head.value];
      head.value = (head.value + 1) % buffer.length;
      count.value--;
      notFull.signal();
      lock.unlock();
      me.consume(item);
    }
  },
});
