// The kernel's own bounded buffer: a pipe. It keeps the order, lets one read each item, and waits where it is empty; but it holds
// a page at least, so a semaphore counts the slots. The end comes by itself, when the last producer has gone.
import { pipe, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/producer-consumer';

export default solve(problem, {
  share: (c) => ({ items: pipe(), room: semaphore(c.capacity) }),

  producer({ items, room }, me) {
    for (const item of me.items) {
      room.wait();
      items.writer.write(item);
    }
  },

  consumer({ items, room }, me) {
    items.writer.close();
    for (let item = items.reader.readInt32(); item !== undefined; item = items.reader.readInt32()) {
      room.post();
      me.consume(item);
    }
  },
});
