/**
 * @finding unsafe
 * @rule all answers are those of one queue
 * @misconception Nobody waits here, so nobody needs a lock.
 */
import { int32, int32Array, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

export default solve(problem, {
  share: (c) => ({ slots: int32Array(c.capacity), head: int32(), count: int32() }),

  enqueuer({ slots, head, count }, me) {
    for (const item of me.items) {
      const room = count.value < slots.length;
      if (room) {
        slots[(head.value + count.value) % slots.length] = item;
        count.value++;
      }
      me.answer(room);
    }
  },

  dequeuer({ slots, head, count }, me) {
    for (const _call of me.calls) {
      let item: number | undefined;
      if (count.value > 0) {
        item = slots[head.value];
        head.value = (head.value + 1) % slots.length;
        count.value--;
      }
      me.answer(item);
    }
  },
});
