/**
 * @finding unsafe
 * @rule the buffer never holds more than it has room for
 * @misconception A message queue holds one message for each slot that I think of.
 * @smallest {"producers":1,"consumers":1,"capacity":1,"items":4}
 */
import { solve, sysvQueue } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: () => ({ buffer: sysvQueue() }),

  producer({ buffer }, me) {
    for (const item of me.items) buffer.send(item);
  },

  consumer({ buffer }, me) {
    for (let taken = 0; taken < me.quota; taken++) me.consume(buffer.receive().int32);
  },
});
