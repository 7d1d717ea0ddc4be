/**
 * @finding deadlock
 * @misconception To take several units of a semaphore is the same as to take one several times.
 * @smallest {"readers":2,"writers":2,"visits":1}
 */
import { semaphore, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: (c) => ({ all: c.readers, tokens: semaphore(c.readers) }),

  reader({ tokens }, me) {
    for (const visit of me.visits) {
      tokens.wait();
      me.read(visit);
      tokens.post();
    }
  },

  writer({ all, tokens }, me) {
    for (const visit of me.visits) {
      for (let n = 0; n < all; n++) tokens.wait();
      me.write(visit);
      for (let n = 0; n < all; n++) tokens.post();
    }
  },
});
