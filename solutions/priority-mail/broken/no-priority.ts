/**
 * @finding unsafe
 * @rule no ordinary letter is opened while an urgent one lies in the box
 * @misconception A message queue sees by itself what is urgent.
 */
import { posixQueue, solve } from 'interleave';
import problem from 'interleave/problems/priority-mail';

export default solve(problem, {
  share: (c) => ({ box: posixQueue({ capacity: c.capacity, messageSize: 4 }) }),

  writer({ box }, me) {
    for (const { number } of me.letters) box.send(number);
  },

  clerk({ box }, me) {
    for (const _turn of me.turns) me.open(box.receive().int32);
  },
});
