/**
 * @finding misuse
 * @misconception Who has nothing more to send closes the channel.
 * @smallest {"producers":2,"consumers":1,"capacity":1,"items":1}
 */
import { channel, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({ buffer: channel(c.capacity) }),

  producer({ buffer }, me) {
    for (const item of me.items) buffer.send(item);
    buffer.close();
  },

  consumer({ buffer }, me) {
    for (let item = buffer.receive(); item !== undefined; item = buffer.receive()) me.consume(item);
  },
});
