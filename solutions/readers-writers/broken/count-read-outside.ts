/**
 * @finding unsafe
 * @rule nobody reads while a writer writes
 * @misconception The lock protects the count; what was read from it may be used at any time.
 */
import { int32, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({ room: semaphore(1), writers: mutex(), door: mutex(), readers: int32() }),

  reader({ room, door, readers }, me) {
    for (const visit of me.visits) {
      const first = readers.value === 0;
      if (first) room.wait();
      door.lock();
      readers.value++;
      door.unlock();

      me.read(visit);

      door.lock();
      readers.value--;
      if (readers.value === 0) room.post();
      door.unlock();
    }
  },

  writer({ room, writers }, me) {
    for (const visit of me.visits) {
      writers.lock();
      room.wait();
      me.write(visit);
      room.post();
      writers.unlock();
    }
  },
});
