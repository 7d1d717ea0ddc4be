/**
 * @finding unsafe
 * @rule nobody reads while a writer writes
 * @misconception Readers are quick, so after a while the room will be empty.
 * @smallest {"readers":1,"writers":1,"visits":1}
 */
import { mutex, sleep, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({ writers: mutex() }),

  reader(_shared, me) {
    for (const visit of me.visits) me.read(visit);
  },

  writer({ writers }, me) {
    for (const visit of me.visits) {
      writers.lock();
      sleep(100);
      me.write(visit);
      writers.unlock();
    }
  },
});
