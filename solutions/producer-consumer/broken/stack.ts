/**
 * @finding unsafe
 * @rule each consumer meets the items of a producer in the order in which they were made
 * @misconception A buffer is a pile: what is put on last may well be taken first.
 * @smallest {"producers":1,"consumers":1,"capacity":2,"items":2}
 */
import { int32, int32Array, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({
    free: semaphore(c.capacity),
    filled: semaphore(0),
    lock: mutex(),
    pile: int32Array(c.capacity),
    height: int32(),
  }),

  producer({ free, filled, lock, pile, height }, me) {
    for (const item of me.items) {
      free.wait();
      lock.lock();
      pile[height.value] = item;
      height.value++;
      lock.unlock();
      filled.post();
    }
  },

  consumer({ free, filled, lock, pile, height }, me) {
    for (let n = 0; n < me.quota; n++) {
      filled.wait();
      lock.lock();
      height.value--;
      const item = pile[height.value];
      lock.unlock();
      free.post();
      me.consume(item);
    }
  },
});
