/**
 * @finding unsafe
 * @rule no ordinary letter is opened while an urgent one lies in the box
 * @misconception To have the next letter in hand already only saves time.
 */
import { posixQueue, solve } from 'interleave';
import problem from 'interleave/problems/priority-mail';

export default solve(problem, {
  share: (c) => ({ box: posixQueue({ capacity: c.capacity, messageSize: 4 }) }),

  writer({ box }, me) {
    for (const { number, urgent } of me.letters) box.send(number, urgent ? 1 : 0);
  },

  clerk({ box }, me) {
    let letter = me.quota > 0 ? box.receive().int32 : 0;
    for (const turn of me.turns) {
      me.open(letter);
      if (turn + 1 < me.quota) letter = box.receive().int32;
    }
  },
});
