/**
 * @finding deadlock
 * @misconception Where nothing is urgent now, the next letter is an ordinary one.
 */
import { posixQueue, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/priority-mail';

export default solve(problem, {
  share: (c) => ({
    room: semaphore(c.capacity),
    urgently: posixQueue({ capacity: c.capacity, messageSize: 4 }),
    ordinary: posixQueue({ capacity: c.capacity, messageSize: 4 }),
  }),

  writer({ room, urgently, ordinary }, me) {
    for (const { number, urgent } of me.letters) {
      room.wait();
      (urgent ? urgently : ordinary).send(number);
    }
  },

  clerk({ room, urgently, ordinary }, me) {
    for (const _turn of me.turns) {
      const letter = urgently.tryReceive() ?? ordinary.receive();
      room.post();
      me.open(letter.int32);
    }
  },
});
