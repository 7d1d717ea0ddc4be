// Two queues, one for what is urgent, and a bell that rings once for each letter. Who has heard it knows that there is a
// letter for him, and if there is none that is urgent, it is an ordinary one: so the second wait is never long.
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
      const letter = urgently.tryReceive() ?? ordinary.receive();
      room.post();
      me.open(letter.int32);
    }
  },
});
