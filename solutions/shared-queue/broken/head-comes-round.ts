/**
 * @finding unsafe
 * @rule all answers are those of one queue
 * @misconception If head is where it was, nothing has happened in between.
 */
import { atomicInt32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

// The ABA problem: head is there again, one round later, and the item that was read is long gone.
export default solve(problem, {
  share: (c) => ({
    enqueuers: mutex(),
    head: atomicInt32(),
    tail: atomicInt32(),
    slots: Array.from({ length: c.capacity + 1 }, () => atomicInt32()),
  }),

  enqueuer({ enqueuers, head, tail, slots }, me) {
    for (const item of me.items) {
      enqueuers.lock();
      const at = tail.load();
      const next = (at + 1) % slots.length;
      const hasRoom = next !== head.load();
      if (hasRoom) {
        slots[at].store(item);
        tail.store(next);
      }
      enqueuers.unlock();
      me.answer(hasRoom);
    }
  },

  dequeuer({ head, tail, slots }, me) {
    for (const _call of me.calls) {
      for (;;) {
        const at = head.load();
        if (at === tail.load()) {
          me.answer(undefined);
          break;
        }
        const item = slots[at].load();
        if (head.compareAndSet(at, (at + 1) % slots.length)) {
          me.answer(item);
          break;
        }
      }
    }
  },
});
