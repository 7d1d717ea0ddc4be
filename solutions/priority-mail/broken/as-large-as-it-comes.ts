/**
 * @finding unsafe
 * @rule the box never holds more than it has room for
 * @misconception A queue has the size that I need.
 */
import { solve, sysvQueue } from 'interleave';
import problem from 'interleave/problems/priority-mail';

const URGENT = 1;
const ORDINARY = 2;

export default solve(problem, {
  share: () => ({ box: sysvQueue() }),

  writer({ box }, me) {
    for (const { number, urgent } of me.letters) box.send(number, urgent ? URGENT : ORDINARY);
  },

  clerk({ box }, me) {
    for (const _turn of me.turns) me.open(box.receive(-ORDINARY).int32);
  },
});
