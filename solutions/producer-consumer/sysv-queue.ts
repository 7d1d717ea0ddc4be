// The buffer is a System V message queue. It is made for bytes, and an item has four.
import { solve, sysvQueue } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({ buffer: sysvQueue({ bytes: 4 * c.capacity }) }),

  producer({ buffer }, me) {
    for (const item of me.items) buffer.send(item);
  },

  consumer({ buffer }, me) {
    for (let taken = 0; taken < me.quota; taken++) me.consume(buffer.receive().int32);
  },
});
