// A System V message queue: a negative type takes the lowest one there is, so urgent is 1 and ordinary 2. Letters have four
// bytes, so room for so many bytes is room for so many letters.
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
    for (const _turn of me.turns) me.open(box.receive(-ORDINARY).int32);
  },
});
