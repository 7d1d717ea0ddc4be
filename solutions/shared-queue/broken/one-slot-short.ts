/**
 * @finding unsafe
 * @rule all answers are those of one queue
 * @misconception Where head and tail meet the ring is empty, so it is full one slot before; one slot more or less does not matter.
 * @smallest {"enqueuers":1,"dequeuers":1,"capacity":1,"calls":1}
 */
import { int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

export default solve(problem, {
  share: (c) => ({ lock: mutex(), slots: int32Array(c.capacity), head: int32(), tail: int32() }),

  enqueuer({ lock, slots, head, tail }, me) {
    for (const item of me.items) {
      lock.lock();
      const next = (tail.value + 1) % slots.length;
      const room = next !== head.value;
      if (room) {
        slots[tail.value] = item;
        tail.value = next;
      }
      lock.unlock();
      me.answer(room);
    }
  },

  dequeuer({ lock, slots, head, tail }, me) {
    for (const _call of me.calls) {
      let item: number | undefined;
      lock.lock();
      if (head.value !== tail.value) {
        item = slots[head.value];
        head.value = (head.value + 1) % slots.length;
      }
      lock.unlock();
      me.answer(item);
    }
  },
});
