// The light switch: the first reader who comes takes the room for all of them, the last one who leaves gives it back.
// The room is a semaphore, not a mutex, since first and last need not be the same. Readers may keep writers out for
// as long as they like.
// Source: P. J. Courtois, F. Heymans and D. L. Parnas, "Concurrent control with 'readers' and 'writers'", CACM 14(10),
// 1971, problem 1; the name from A. B. Downey, "The little book of semaphores", section 4.2.
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
      roomEmpty.post();
    }
  },
});
