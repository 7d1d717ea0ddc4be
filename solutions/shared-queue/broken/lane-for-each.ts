/**
 * @finding unsafe
 * @rule all answers are those of one queue
 * @misconception If the items of each enqueuer keep their order, the queue keeps its order.
 */
import { atomicInt32, int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

export default solve(problem, {
  share: (c) => ({
    capacity: c.capacity,
    lock: mutex(),
    entrance: atomicInt32(),
    count: int32(),
    lanes: Array.from({ length: c.enqueuers }, () => ({
      items: int32Array(c.calls),
      first: int32(),
      end: int32(),
    })),
  }),

  enqueuer({ capacity, lock, entrance, count, lanes }, me) {
    const lane = lanes[entrance.add(1)];
    for (const item of me.items) {
      lock.lock();
      const room = count.value < capacity;
      if (room) {
        lane.items[lane.end.value++] = item;
        count.value++;
      }
      lock.unlock();
      me.answer(room);
    }
  },

  dequeuer({ lock, count, lanes }, me) {
    for (const _call of me.calls) {
      lock.lock();
      const lane = lanes.find(({ first, end }) => first.value < end.value);
      const item = lane?.items[lane.first.value++];
      if (item !== undefined) count.value--;
      lock.unlock();
      me.answer(item);
    }
  },
});
