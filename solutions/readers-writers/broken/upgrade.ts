/**
 * @finding deadlock
 * @misconception Who holds the lock for reading can take it for writing as well.
 * @smallest {"readers":1,"writers":1,"visits":1}
 */
import { rwlock, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({ room: rwlock() }),

  reader({ room }, me) {
    for (const visit of me.visits) {
      room.readLock();
      me.read(visit);
      room.unlock();
    }
  },

  writer({ room }, me) {
    for (const visit of me.visits) {
      room.readLock(); // To look at what is there, before it is changed.
      room.writeLock();
      me.write(visit);
      room.unlock();
      room.unlock();
    }
  },
});
