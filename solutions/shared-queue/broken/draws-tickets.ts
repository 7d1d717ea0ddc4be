/**
 * @finding unsafe
 * @rule all answers are those of one queue
 * @misconception Once the slots are given out by atomic tickets, everybody can fill his own in his own time.
 * @smallest {"enqueuers":2,"dequeuers":1,"capacity":1,"calls":1}
 */
import { atomicInt32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

// A slow enqueuer holds an early slot open while a fast one has filled the next and said so: who comes for an item
// then finds the first slot open and takes the queue for empty. Many fast queues do this, and admit it.
export default solve(problem, {
  share: (c) => ({
    front: mutex(),
    slots: Array.from({ length: c.enqueuers * c.calls }, () => atomicInt32()),
    head: atomicInt32(),
    tail: atomicInt32(),
    capacity: c.capacity,
  }),

  enqueuer({ slots, head, tail, capacity }, me) {
    for (const item of me.items) {
      let stored = false;
      for (let ticket = tail.load(); ticket - head.load() < capacity; ticket = tail.load()) {
        if (!tail.compareAndSet(ticket, ticket + 1)) continue;
        slots[ticket].store(item);
        stored = true;
        break;
      }
      me.answer(stored);
    }
  },

  dequeuer({ front, slots, head }, me) {
    for (const _call of me.calls) {
      front.lock();
      const at = head.load();
      const item = slots[at]?.load() ?? 0;
      if (item > 0) head.add(1);
      front.unlock();
      me.answer(item > 0 ? item : undefined);
    }
  },
});
