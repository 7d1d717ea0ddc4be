/**
 * @finding over-synchronised
 * @rule an empty queue says so at once
 * @misconception Before the first item has come there is nothing to ask for.
 */
import { event, int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

// Every answer is right, and nobody waits for ever, since the first item always finds room. But a dequeuer waits.
export default solve(problem, {
  share: (c) => ({
    opened: event(),
    lock: mutex(),
    slots: int32Array(c.capacity),
    head: int32(),
    count: int32(),
  }),

  enqueuer({ opened, lock, slots, head, count }, me) {
    for (const item of me.items) {
      lock.lock();
      const room = count.value < slots.length;
      if (room) {
        slots[(head.value + count.value) % slots.length] = item;
        count.value++;
      }
      lock.unlock();
      opened.set();
      me.answer(room);
    }
  },

  dequeuer({ opened, lock, slots, head, count }, me) {
    for (const _call of me.calls) {
      let item: number | undefined;
      opened.wait();
      lock.lock();
      if (count.value > 0) {
        item = slots[head.value];
        head.value = (head.value + 1) % slots.length;
        count.value--;
      }
      lock.unlock();
      me.answer(item);
    }
  },
});
