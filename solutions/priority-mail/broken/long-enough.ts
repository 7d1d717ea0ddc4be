/**
 * @finding lost
 * @rule every letter is handed in and opened
 * @misconception A time-out that is long enough never comes.
 */
import { posixQueue, solve } from 'interleave';
import problem from 'interleave/problems/priority-mail';

export default solve(problem, {
  share: (c) => ({ box: posixQueue({ capacity: c.capacity, messageSize: 4 }) }),

  writer({ box }, me) {
    for (const { number, urgent } of me.letters) box.timedSend(number, 1_000, urgent ? 1 : 0);
  },

  clerk({ box }, me) {
    for (const _turn of me.turns) {
      const letter = box.timedReceive(1_000);
      if (letter) me.open(letter.int32);
    }
  },
});
