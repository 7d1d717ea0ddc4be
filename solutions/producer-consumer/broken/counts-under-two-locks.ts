/**
 * @finding race
 * @misconception Every access is made under a lock, so it does not matter under which.
 * @smallest {"producers":1,"consumers":1,"capacity":2,"items":2}
 */
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
    inside: int32(),
  }),

  producer({ free, filled, back, buffer, tail, inside }, me) {
    for (const item of me.items) {
      free.wait();
      back.lock();
      buffer[tail.value] = item;
      tail.value = (tail.value + 1) % buffer.length;
      inside.value++;
      back.unlock();
      filled.post();
    }
  },

  consumer({ free, filled, front, buffer, head, inside }, me) {
    for (let n = 0; n < me.quota; n++) {
      filled.wait();
      front.lock();
      const item = buffer[head.value];
      head.value = (head.value + 1) % buffer.length;
      inside.value--;
      front.unlock();
      free.post();
      me.consume(item);
    }
  },
});
