// The readers–writer lock, ready-made. Readers are preferred: one enters while others read, even if a writer waits.
// Source: pthread_rwlock_rdlock(3p), pthread_rwlock_wrlock(3p).
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
      room.writeLock();
      me.write(visit);
      room.unlock();
    }
  },
});
