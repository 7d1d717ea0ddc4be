/**
 * @finding over-synchronised
 * @rule the buffer can be filled
 * @misconception A channel is a buffer.
 */
import { channel, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: () => ({ buffer: channel() }),

  producer({ buffer }, me) {
    for (const item of me.items) buffer.send(item);
  },

  consumer({ buffer }, me) {
    for (let n = 0; n < me.quota; n++) me.consume(buffer.receive() ?? 0);
  },
});
