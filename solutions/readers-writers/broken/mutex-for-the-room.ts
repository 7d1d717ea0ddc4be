/**
 * @finding misuse
 * @misconception A mutex will do for the room: the first reader locks it and the last one unlocks it.
 * @smallest {"readers":2,"writers":1,"visits":1}
 */
import { int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({ room: mutex(), door: mutex(), readers: int32() }),

  reader({ room, door, readers }, me) {
    for (const visit of me.visits) {
      door.lock();
      readers.value++;
      if (readers.value === 1) room.lock();
      door.unlock();

      me.read(visit);

      door.lock();
      readers.value--;
      if (readers.value === 0) room.unlock();
      door.unlock();
    }
  },

  writer({ room }, me) {
    for (const visit of me.visits) {
      room.lock();
      me.write(visit);
      room.unlock();
    }
  },
});
