// No lock at all: an item gets into its slot, and out of it, by one compareAndSet, and that is when the call takes
// effect. Head and tail may lag behind by one; whoever notices moves them on. After Tsigas and Zhang, "A simple, fast
// and scalable non-blocking concurrent FIFO queue for shared memory multiprocessor systems", SPAA 2001, with one
// difference: an empty slot says in which round it is to be filled next, as a number below 0, so that nobody who slept
// for a round takes a slot for the one that it was.
import { type AtomicInt32, atomicInt32, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

/** What an empty slot holds that waits for the item of position `at`. */
const emptyFor = (at: number, capacity: number): number => -1 - Math.floor(at / capacity);

function enqueue(slots: readonly AtomicInt32[], head: AtomicInt32, tail: AtomicInt32, item: number): boolean {
  for (;;) {
    const at = tail.load();
    const slot = slots[at % slots.length];
    const before = at - slots.length; // the position that had the slot a round ago
    if (head.load() > before) {
      const stored = slot.compareAndSet(emptyFor(at, slots.length), item);
      // If not, somebody else has filled this very position, and perhaps not moved the tail yet.
      tail.compareAndSet(at, at + 1);
      if (stored) return true;
    } else if (slot.load() < 0) head.compareAndSet(before, before + 1);
    else if (head.load() === before) return false; // so it was when the slot was looked at: all slots are taken
  }
}

function dequeue(slots: readonly AtomicInt32[], head: AtomicInt32): number | undefined {
  for (;;) {
    const at = head.load();
    const slot = slots[at % slots.length];
    const item = slot.load();
    if (item === emptyFor(at, slots.length)) return undefined;
    if (head.load() !== at) continue; // the item may be one of a later round
    const taken = item > 0 && slot.compareAndSet(item, emptyFor(at + slots.length, slots.length));
    head.compareAndSet(at, at + 1);
    if (taken) return item;
  }
}

export default solve(problem, {
  share: (c) => ({
    slots: Array.from({ length: c.capacity }, () => atomicInt32(emptyFor(0, c.capacity))),
    head: atomicInt32(),
    tail: atomicInt32(),
  }),

  enqueuer({ slots, head, tail }, me) {
    for (const item of me.items) me.answer(enqueue(slots, head, tail, item));
  },

  dequeuer({ slots, head }, me) {
    for (const _call of me.calls) me.answer(dequeue(slots, head));
  },
});
