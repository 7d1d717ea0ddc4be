/**
 * @finding over-synchronised
 * @rule two readers read at once
 * @misconception As long as nothing bad can happen, nothing more is asked for.
 * @smallest {"readers":2,"writers":1,"visits":1}
 */
import { mutex, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({ room: mutex() }),

  reader({ room }, me) {
    for (const visit of me.visits) {
      room.lock();
      me.read(visit);
      room.unlock();
    }
  },

  writer({ room }, me) {
    for (const visit of me.visits) {
      room.lock();
      me.write(visit);
      room.unlock();
    }
  },
});
