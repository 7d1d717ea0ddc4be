/**
 * @finding unsafe
 * @rule the buffer never holds more than it has room for
 * @misconception A pipe waits when it is full, so it bounds how many items there are.
 * @smallest {"producers":1,"consumers":1,"capacity":1,"items":4}
 */
import { pipe, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: () => ({ items: pipe({ capacity: 4096 }) }),

  producer({ items }, me) {
    for (const item of me.items) items.writer.write(item);
  },

  consumer({ items }, me) {
    items.writer.close();
    for (let item = items.reader.readInt32(); item !== undefined; item = items.reader.readInt32()) {
      me.consume(item);
    }
  },
});
