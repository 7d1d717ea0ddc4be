/**
 * @finding over-synchronised
 * @rule the buffer can be filled
 * @misconception One slot is as good as many, as long as every item gets through.
 * @smallest {"producers":2,"consumers":1,"capacity":5,"items":3}
 */
import { int32, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: () => ({ free: semaphore(1), filled: semaphore(0), slot: int32() }),

  producer({ free, filled, slot }, me) {
    for (const item of me.items) {
      free.wait();
      slot.value = item;
      filled.post();
    }
  },

  consumer({ free, filled, slot }, me) {
    for (let n = 0; n < me.quota; n++) {
      filled.wait();
      const item = slot.value;
      free.post();
      me.consume(item);
    }
  },
});
