/**
 * @finding lost
 * @rule everybody makes every visit
 * @misconception If the room is taken, there is nothing to be done but to go away.
 * @smallest {"readers":1,"writers":1,"visits":1}
 */
import { rwlock, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({ room: rwlock() }),

  reader({ room }, me) {
    for (const visit of me.visits) {
      if (!room.tryReadLock()) return;
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
