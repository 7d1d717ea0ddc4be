/**
 * @finding deadlock
 * @misconception When all senders have ended, a receiver is told.
 * @smallest {"producers":1,"consumers":1,"capacity":1,"items":1}
 */
import { channel, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({ buffer: channel(c.capacity) }),

  producer({ buffer }, me) {
    for (const item of me.items) buffer.send(item);
  },

  consumer({ buffer }, me) {
    for (let item = buffer.receive(); item !== undefined; item = buffer.receive()) me.consume(item);
  },
});
