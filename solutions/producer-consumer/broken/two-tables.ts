/**
 * @finding over-synchronised
 * @rule all consumers consume at once
 * @misconception Two consumers at once are concurrency enough.
 */
import { mailbox, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({ buffer: mailbox(c.capacity), tables: semaphore(2) }),

  producer({ buffer }, me) {
    for (const item of me.items) buffer.send(item);
  },

  consumer({ buffer, tables }, me) {
    for (let n = 0; n < me.quota; n++) {
      const item = buffer.receive();
      tables.wait();
      me.consume(item);
      tables.post();
    }
  },
});
