/**
 * @finding over-synchronised
 * @rule an urgent letter overtakes an ordinary one
 * @misconception If there is never more than one letter in the box, none can come out too late.
 */
import { posixQueue, solve } from 'interleave';
import problem from 'interleave/problems/priority-mail';

export default solve(problem, {
  share: () => ({ box: posixQueue({ capacity: 1, messageSize: 4 }) }),

  writer({ box }, me) {
    for (const { number, urgent } of me.letters) box.send(number, urgent ? 1 : 0);
  },

  clerk({ box }, me) {
    for (const _turn of me.turns) me.open(box.receive().int32);
  },
});
