// A channel that holds as many items as the buffer has slots, and is closed when the last producer has left. All the
// waiting is its own: a producer waits while it is full, a consumer while it is empty.
// Source: the buffered channels of Go, The Go Programming Language Specification, "Channel types".
import { atomicInt32, channel, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({ buffer: channel(c.capacity), producing: atomicInt32(c.producers) }),

  producer({ buffer, producing }, me) {
    for (const item of me.items) buffer.send(item);
    if (producing.add(-1) === 1) buffer.close();
  },

  consumer({ buffer }, me) {
    for (let item = buffer.receive(); item !== undefined; item = buffer.receive()) me.consume(item);
  },
});
