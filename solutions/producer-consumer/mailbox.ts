// Indirect communication: a mailbox for `capacity` messages is the buffer. Nobody says that no more will come, so each
// consumer takes its share.
import { mailbox, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({ buffer: mailbox(c.capacity) }),

  producer({ buffer }, me) {
    for (const item of me.items) buffer.send(item);
  },

  consumer({ buffer }, me) {
    for (let n = 0; n < me.quota; n++) me.consume(buffer.receive());
  },
});
