/**
 * @finding lost
 * @rule only what was made is consumed
 * @misconception What share returns is shared: a plain array, too.
 * @smallest {"producers":1,"consumers":1,"capacity":1,"items":1}
 */
import { mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({
    free: semaphore(c.capacity),
    filled: semaphore(0),
    lock: mutex(),
    queue: [] as number[],
  }),

  producer({ free, filled, lock, queue }, me) {
    for (const item of me.items) {
      free.wait();
      lock.lock();
      queue.push(item);
      lock.unlock();
      filled.post();
    }
  },

  consumer({ free, filled, lock, queue }, me) {
    for (let n = 0; n < me.quota; n++) {
      filled.wait();
      lock.lock();
      const item = queue.shift() as number;
      lock.unlock();
      free.post();
      me.consume(item);
    }
  },
});
