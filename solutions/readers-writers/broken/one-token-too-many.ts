/**
 * @finding unsafe
 * @rule nobody reads while a writer writes
 * @misconception The writer needs a token of its own, so there is one more than there are readers.
 * @smallest {"readers":1,"writers":1,"visits":1}
 */
import { mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: (c) => ({ all: c.readers, tokens: semaphore(c.readers + 1), collecting: mutex() }),

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
      me.write(visit);
      for (let n = 0; n < all; n++) tokens.post();
      collecting.unlock();
    }
  },
});
