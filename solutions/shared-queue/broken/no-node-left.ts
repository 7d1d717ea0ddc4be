/**
 * @finding unsafe
 * @rule all answers are those of one queue
 * @misconception There are as many nodes as places, so where no node is left the queue is full.
 */
import { int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/shared-queue';

// A node that was taken out of the queue is not yet back in the pool: meanwhile the queue is empty for those who come for an
// item, and full for those who bring one.
export default solve(problem, {
  share: (c) => ({
    queue: mutex(),
    first: int32(-1),
    last: int32(-1),
    pool: mutex(),
    free: int32(),
    next: int32Array(
      c.capacity,
      Array.from({ length: c.capacity }, (_, i) => (i + 1 < c.capacity ? i + 1 : -1)),
    ),
    item: int32Array(c.capacity),
  }),

  enqueuer({ queue, first, last, pool, free, next, item }, me) {
    for (const brought of me.items) {
      pool.lock();
      const node = free.value;
      if (node >= 0) free.value = next[node];
      pool.unlock();
      if (node >= 0) {
        item[node] = brought;
        next[node] = -1;
        queue.lock();
        if (first.value < 0) first.value = node;
        else next[last.value] = node;
        last.value = node;
        queue.unlock();
      }
      me.answer(node >= 0);
    }
  },

  dequeuer({ queue, first, pool, free, next, item }, me) {
    for (const _call of me.calls) {
      queue.lock();
      const node = first.value;
      const taken = node < 0 ? undefined : item[node];
      if (node >= 0) first.value = next[node];
      queue.unlock();
      if (node >= 0) {
        pool.lock();
        next[node] = free.value;
        free.value = node;
        pool.unlock();
      }
      me.answer(taken);
    }
  },
});
