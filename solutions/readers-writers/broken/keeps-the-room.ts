/**
 * @finding deadlock
 * @misconception Whoever has made the last visit is done, and need not give anything back.
 * @smallest {"readers":1,"writers":1,"visits":1}
 */
import { int32, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({ roomEmpty: semaphore(1), door: mutex(), readers: int32() }),

  reader({ roomEmpty, door, readers }, me) {
    for (const visit of me.visits) {
      door.lock();
      readers.value++;
      if (readers.value === 1) roomEmpty.wait();
      door.unlock();

      me.read(visit);

      door.lock();
      readers.value--;
      if (readers.value === 0) roomEmpty.post();
      door.unlock();
    }
  },

  writer({ roomEmpty }, me) {
    for (const visit of me.visits) {
      roomEmpty.wait();
      me.write(visit);
      if (visit === me.visits.length) break;
      roomEmpty.post();
    }
  },
});
