// One mutex for each end, so that those who put and those who take do not get in each other's way; they meet in the
// count only, and that is atomic. After Michael and Scott, "Simple, fast, and practical non-blocking and blocking
// concurrent queue algorithms", PODC 1996, section 3. A call takes effect when the count changes, or is read and says
// no: with the mutex of the own end held, the other end can only have made more room, or more items, since then.
import { atomicInt32, int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

export default solve(problem, {
  share: (c) => ({
    front: mutex(),
    back: mutex(),
    slots: int32Array(c.capacity),
    head: int32(),
    tail: int32(),
    count: atomicInt32(),
  }),

  enqueuer({ back, slots, tail, count }, me) {
    for (const item of me.items) {
      back.lock();
      const room = count.load() < slots.length;
      if (room) {
        slots[tail.value] = item;
        tail.value = (tail.value + 1) % slots.length;
        count.add(1);
      }
      back.unlock();
      me.answer(room);
    }
  },

  dequeuer({ front, slots, head, count }, me) {
    for (const _call of me.calls) {
      let item: number | undefined;
      front.lock();
      if (count.load() > 0) {
        item = slots[head.value];
        head.value = (head.value + 1) % slots.length;
        count.add(-1);
      }
      front.unlock();
      me.answer(item);
    }
  },
});
