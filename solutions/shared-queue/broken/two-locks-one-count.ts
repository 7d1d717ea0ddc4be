/**
 * @finding unsafe|race
 * @misconception Whatever is changed under a mutex is protected, whichever mutex it is.
 */
import { int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

export default solve(problem, {
  share: (c) => ({
    front: mutex(),
    back: mutex(),
    slots: int32Array(c.capacity),
    head: int32(),
    tail: int32(),
    count: int32(),
  }),

  enqueuer({ back, slots, tail, count }, me) {
    for (const item of me.items) {
      back.lock();
      const room = count.value < slots.length;
      if (room) {
        slots[tail.value] = item;
        tail.value = (tail.value + 1) % slots.length;
        count.value++;
      }
      back.unlock();
      me.answer(room);
    }
  },

  dequeuer({ front, slots, head, count }, me) {
    for (const _call of me.calls) {
      let item: number | undefined;
      front.lock();
      if (count.value > 0) {
        item = slots[head.value];
        head.value = (head.value + 1) % slots.length;
        count.value--;
      }
      front.unlock();
      me.answer(item);
    }
  },
});
