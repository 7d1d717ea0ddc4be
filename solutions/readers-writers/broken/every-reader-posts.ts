/**
 * @finding unsafe
 * @rule nobody reads while a writer writes
 * @misconception Who leaves a room announces that it is empty.
 * @smallest {"readers":2,"writers":1,"visits":1}
 */
import { int32, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({ roomEmpty: semaphore(1), writers: mutex(), door: mutex(), readers: int32() }),

  reader({ roomEmpty, door, readers }, me) {
    for (const visit of me.visits) {
      door.lock();
      readers.value++;
      if (readers.value === 1) roomEmpty.wait();
      door.unlock();

      me.read(visit);

      door.lock();
      readers.value--;
      roomEmpty.post();
      door.unlock();
    }
  },

  writer({ roomEmpty, writers }, me) {
    for (const visit of me.visits) {
      writers.lock();
      roomEmpty.wait();
      me.write(visit);
      roomEmpty.post();
      writers.unlock();
    }
  },
});
