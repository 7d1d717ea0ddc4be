/**
 * @finding unsafe
 * @rule each consumer meets the items of a producer in the order in which they were made
 * @misconception A semaphore for each slot keeps those apart who have drawn the same slot, so they come in the order they drew.
 * @smallest {"producers":2,"consumers":1,"capacity":2,"items":2}
 */
import { atomicInt32, int32Array, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

// Whoever draws a slot and is slow to come meets one who has drawn it a round later, and may find it taken.
export default solve(problem, {
  share: (c) => ({
    free: Array.from({ length: c.capacity }, () => semaphore(1)),
    filled: Array.from({ length: c.capacity }, () => semaphore(0)),
    buffer: int32Array(c.capacity),
    head: atomicInt32(),
    tail: atomicInt32(),
  }),

  producer({ free, filled, buffer, tail }, me) {
    for (const item of me.items) {
      const slot = tail.add(1) % buffer.length;
      free[slot].wait();
      buffer[slot] = item;
      filled[slot].post();
    }
  },

  consumer({ free, filled, buffer, head }, me) {
    for (let i = 0; i < me.quota; i++) {
      const slot = head.add(1) % buffer.length;
      filled[slot].wait();
      const item = buffer[slot];
      free[slot].post();
      me.consume(item);
    }
  },
});
