/**
 * @finding over-synchronised
 * @rule all readers read at once
 * @misconception Two at once are many.
 * @smallest {"readers":3,"writers":1,"visits":1}
 */
import { mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: (c) => ({
    all: Math.min(c.readers, 2),
    tokens: semaphore(Math.min(c.readers, 2)),
    collecting: mutex(),
  }),

  reader({ tokens }, me) {
    for (const visit of me.visits) {
      tokens.wait();
      me.read(visit);
      tokens.post();
    }
  },

  writer({ all, tokens, collecting }, me) {
    for (const visit of me.visits) {
      collecting.lock();
      for (let n = 0; n < all; n++) tokens.wait();
      collecting.unlock();
      me.write(visit);
      for (let n = 0; n < all; n++) tokens.post();
    }
  },
});
