// Eventcounts and sequencers: nobody locks the buffer. Whoever brings an item draws a number, waits until all before have
// put theirs and the slot is free again, and counts on. The same for those who take.
// Source: D. P. Reed and R. K. Kanodia, "Synchronization with eventcounts and sequencers", CACM 22(2), 1979.
import { atomicInt32, condition, int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

/** A count that only grows, and can be waited for. */
class EventCount {
  count = int32();
  lock = mutex();
  grown = condition();

  advance(): void {
    this.lock.lock();
    this.count.value++;
    this.grown.broadcast();
    this.lock.unlock();
  }

  await(count: number): void {
    this.lock.lock();
    while (this.count.value < count) this.grown.wait(this.lock);
    this.lock.unlock();
  }
}

export default solve(problem, {
  share: (c) => ({
    buffer: int32Array(c.capacity),
    put: new EventCount(),
    taken: new EventCount(),
    toPut: atomicInt32(),
    toTake: atomicInt32(),
  }),

  producer({ buffer, put, taken, toPut }, me) {
    for (const item of me.items) {
      const number = toPut.add(1);
      put.await(number);
      taken.await(number - buffer.length + 1);
      buffer[number % buffer.length] = item;
      put.advance();
    }
  },

  consumer({ buffer, put, taken, toTake }, me) {
    for (let i = 0; i < me.quota; i++) {
      const number = toTake.add(1);
      taken.await(number);
      put.await(number + 1);
      const item = buffer[number % buffer.length];
      taken.advance();
      me.consume(item);
    }
  },
});
