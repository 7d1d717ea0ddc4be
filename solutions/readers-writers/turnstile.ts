// First come, first served: everybody passes a turnstile, and a writer stays in it until the room is empty. Readers who
// come after the writer queue up behind it, so nobody waits for ever. The semaphores serve whoever waited longest.
// Source: A. B. Downey, "The little book of semaphores", 2nd ed. 2016, section 4.2, the no-starve solution.
import { int32, mutex, semaphore, solve } from 'interleave';
import problem from 'interleave/problems/readers-writers';

export default solve(problem, {
  share: () => ({
    turnstile: semaphore(1, { strength: 'fifo' }),
    roomEmpty: semaphore(1, { strength: 'fifo' }),
    door: mutex(),
    readers: int32(),
  }),

  reader({ turnstile, roomEmpty, door, readers }, me) {
    for (const visit of me.visits) {
      turnstile.wait();
      turnstile.post();

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

  writer({ turnstile, roomEmpty }, me) {
    for (const visit of me.visits) {
      turnstile.wait();
      roomEmpty.wait();
      turnstile.post();
      me.write(visit);
      roomEmpty.post();
    }
  },
});
