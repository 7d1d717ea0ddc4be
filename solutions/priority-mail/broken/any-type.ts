/**
 * @finding unsafe
 * @rule no ordinary letter is opened while an urgent one lies in the box
 * @misconception The type of a message is its priority, so the lowest type comes first.
 */
import { solve, sysvQueue } from 'interleave';
import problem from 'interleave/problems/priority-mail';

const URGENT = 1;
const ORDINARY = 2;

export default solve(problem, {
  share: (c) => ({ box: sysvQueue({ bytes: 4 * c.capacity }) }),

  writer({ box }, me) {
    for (const { number, urgent } of me.letters) box.send(number, urgent ? URGENT : ORDINARY);
  },

  clerk({ box }, me) {
    for (const _turn of me.turns) me.open(box.receive().int32);
  },
});
