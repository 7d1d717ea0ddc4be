// The buffer is a POSIX message queue: the kernel waits, excludes and counts. Every system allows ten messages, so at full
// speed the buffer is smaller than it might be.
import { posixQueue, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

const MOST = 10;

export default solve(problem, {
  share: (c) => ({ buffer: posixQueue({ capacity: Math.min(c.capacity, MOST), messageSize: 4 }) }),

  producer({ buffer }, me) {
    for (const item of me.items) buffer.send(item);
  },

  consumer({ buffer }, me) {
    for (let taken = 0; taken < me.quota; taken++) me.consume(buffer.receive().int32);
  },
});
