// Producers and consumers: your solution. The rules are in problems/producer-consumer/README.md.
//
// What you may import and create in share:
//   semaphore(n)          wait(), post()
//   mutex()               lock(), unlock()
//   condition()           wait(mutex), signal(), broadcast()
//   int32(0)              a number: count.value
//   int32Array(length)    numbers: buffer[i], buffer.length
import { solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  // Creates what all processes share. c.capacity is the number of slots; c.producers, c.consumers and c.items (of each
  // producer) are there as well.
  share: (_c) => ({}),

  producer(_shared, me) {
    for (const item of me.items) {
      throw new Error(`implement producer: put item ${item} into the buffer, once there is room for it`);
    }
  },

  consumer(_shared, me) {
    throw new Error(
      `implement consumer: take ${me.quota} items out of the buffer, me.consume(item) each of them`,
    );
  },
});
