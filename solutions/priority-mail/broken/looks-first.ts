/**
 * @finding deadlock
 * @misconception A queue in which I have seen a letter still has it when I take it out.
 */
import { posixQueue, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/priority-mail';

export default solve(problem, {
  share: (c) => ({
    room: semaphore(c.capacity),
    bell: semaphore(0),
    urgently: posixQueue({ capacity: c.capacity, messageSize: 4 }),
    ordinary: posixQueue({ capacity: c.capacity, messageSize: 4 }),
  }),

  writer({ room, bell, urgently, ordinary }, me) {
    for (const { number, urgent } of me.letters) {
      room.wait();
      (urgent ? urgently : ordinary).send(number);
      bell.post();
    }
  },

  clerk({ room, bell, urgently, ordinary }, me) {
    for (const _turn of me.turns) {
      bell.wait();
      const letter = urgently.count > 0 ? urgently.receive() : ordinary.receive();
      room.post();
      me.open(letter.int32);
    }
  },
});
