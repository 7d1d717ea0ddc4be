// A POSIX message queue does all of it: who waits, who is first, and how much there is room for.
import { posixQueue, solve } from 'interleave';
import problem from 'interleave/problems/priority-mail';

export default solve(problem, {
  share: (c) => ({ box: posixQueue({ capacity: c.capacity, messageSize: 4 }) }),

  writer({ box }, me) {
    for (const { number, urgent } of me.letters) box.send(number, urgent ? 1 : 0);
  },

  clerk({ box }, me) {
    for (const _turn of me.turns) me.open(box.receive().int32);
  },
});
