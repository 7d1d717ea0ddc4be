/**
 * @finding unsafe
 * @rule each clerk meets the letters of one writer and one kind in the order in which they were written
 * @misconception Messages with the same priority come in any order, so each needs one of its own.
 */
import { posixQueue, solve } from 'interleave';
import problem from 'interleave/problems/priority-mail';

export default solve(problem, {
  share: (c) => ({ box: posixQueue({ capacity: c.capacity, messageSize: 4 }) }),

  writer({ box }, me) {
    let n = 0;
    for (const { number, urgent } of me.letters) box.send(number, (urgent ? 10_000 : 0) + n++);
  },

  clerk({ box }, me) {
    for (const _turn of me.turns) me.open(box.receive().int32);
  },
});
