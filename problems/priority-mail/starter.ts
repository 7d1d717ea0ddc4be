// Urgent letters first: your solution. The rules are in problems/priority-mail/README.md.
//
// What you may import and create in share, besides semaphores, mutexes and the like:
//   posixQueue({ capacity: 3 })   send(number, priority), receive(), trySend(…), tryReceive(), count
//   sysvQueue({ bytes: 12 })      send(number, type), receive(type), trySend(…), tryReceive(type)
// A message has .int32, the number that was sent, and its .priority or .type.
import { solve } from 'interleave';
import problem from 'interleave/problems/priority-mail';

export default solve(problem, {
  // Creates what all processes share. c.capacity is the room in the box, in letters.
  share: (_c) => ({}),

  writer(_shared, me) {
    for (const { number, urgent } of me.letters) {
      throw new Error(`implement writer: put letter ${number} into the box, ${urgent ? '' : 'not '}urgent`);
    }
  },

  clerk(_shared, me) {
    for (const _turn of me.turns) {
      throw new Error('implement clerk: take one letter out of the box, and me.open(its number)');
    }
  },
});
