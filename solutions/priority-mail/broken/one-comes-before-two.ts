/**
 * @finding unsafe
 * @rule no ordinary letter is opened while an urgent one lies in the box
 * @misconception Priority 1 comes before priority 2.
 */
import { posixQueue, solve } from 'interleave';
import problem from 'interleave/problems/priority-mail';

const URGENT = 1;
const ORDINARY = 2;

export default solve(problem, {
  share: (c) => ({ box: posixQueue({ capacity: c.capacity, messageSize: 4 }) }),

  writer({ box }, me) {
    for (const { number, urgent } of me.letters) box.send(number, urgent ? URGENT : ORDINARY);
  },

  clerk({ box }, me) {
    for (const _turn of me.turns) me.open(box.receive().int32);
  },
});
