/**
 * @finding over-synchronised
 * @rule two clerks open letters at once
 * @misconception What is shared has to be locked, so a message queue too.
 */
import { mutex, posixQueue, solve } from 'interleave';
import problem from 'interleave/problems/priority-mail';

export default solve(problem, {
  share: (c) => ({ lock: mutex(), box: posixQueue({ capacity: c.capacity, messageSize: 4 }) }),

  writer({ box }, me) {
    for (const { number, urgent } of me.letters) box.send(number, urgent ? 1 : 0);
  },

  clerk({ lock, box }, me) {
    for (const _turn of me.turns) {
      lock.lock();
      me.open(box.receive().int32);
      lock.unlock();
    }
  },
});
