// A bounded buffer with one condition for both ends, and signal instead of broadcast: a producer's signal may wake a
// producer. Deadlock. The left role produces, the right one consumes.
import { condition, int32, mutex, solve } from 'interleave';
import type problem from './problem.ts';

export default solve({ id: 'bench-hunt' } as typeof problem, {
  share: (c) => ({ lock: mutex(), changed: condition(), count: int32(), capacity: c.capacity }),

  left({ lock, changed, count, capacity }, me) {
    for (let n = 0; n < me.times; n++) {
      lock.lock();
      while (count.value === capacity) changed.wait(lock);
      count.value++;
      changed.signal();
      lock.unlock();
    }
  },

  right({ lock, changed, count }, me) {
    for (let n = 0; n < me.times; n++) {
      lock.lock();
      while (count.value === 0) changed.wait(lock);
      count.value--;
      changed.signal();
      lock.unlock();
    }
  },
});
