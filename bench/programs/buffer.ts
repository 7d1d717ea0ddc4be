// bench/peers/buffer.c, in the lab: 64 slots, two semaphores, one producer (left) and one consumer (right).
import { int32, int32Array, semaphore, solve } from 'interleave';
import type problem from './problem.ts';

const SLOTS = 64;

export default solve({ id: 'bench' } as typeof problem, {
  share: () => ({
    free: semaphore(SLOTS),
    filled: semaphore(0),
    slots: int32Array(SLOTS),
    /** Next slot to fill. */
    next: int32(0),
    /** Next slot to empty. */
    oldest: int32(0),
  }),

  left({ free, filled, slots, next }, me) {
    for (let item = 1; item <= me.times; item++) {
      free.wait();
      slots[next.value] = item;
      next.value = (next.value + 1) % SLOTS;
      filled.post();
    }
  },

  right({ free, filled, slots, oldest }, me) {
    for (let item = 1; item <= me.times; item++) {
      filled.wait();
      const got = slots[oldest.value];
      oldest.value = (oldest.value + 1) % SLOTS;
      free.post();
      if (got !== item) throw new Error(`item ${item} came out as ${got}`);
    }
  },
});
