/**
 * @finding misuse
 * @misconception A mutex is a semaphore with one unit: one process locks it, another one unlocks it.
 * @smallest {"producers":1,"consumers":1,"capacity":1,"items":1}
 */
import { int32, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: () => ({ free: mutex(), filled: semaphore(0), slot: int32() }),

  producer({ free, filled, slot }, me) {
    for (const item of me.items) {
      free.lock();
      slot.value = item;
      filled.post();
    }
  },

  consumer({ free, filled, slot }, me) {
    for (let n = 0; n < me.quota; n++) {
      filled.wait();
      const item = slot.value;
      free.unlock();
      me.consume(item);
    }
  },
});
