// Tokens: there is one for each reader. Who reads holds one, who writes holds all. Writers collect theirs one writer
// at a time: two who each hold half would wait for each other.
// Source: a counting semaphore as a pool of permits, after java.util.concurrent.Semaphore, whose `acquire(n)` takes all
// n in one step; here the mutex does that.
import { mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: (c) => ({ all: c.readers, tokens: semaphore(c.readers), collecting: mutex() }),

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
