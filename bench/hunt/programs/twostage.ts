// twostage of SCTBench (Thomson, Donaldson, Betts, PPoPP 2014): the left role brings two variables up to date one
// after the other, each under a lock of its own; the right one sees the first new and the second old.
import { int32, mutex, solve } from 'interleave';
import type problem from './problem.ts';

export default solve({ id: 'bench-hunt' } as typeof problem, {
  share: () => ({ first: int32(), firstLock: mutex(), second: int32(), secondLock: mutex() }),

  left({ first, firstLock, second, secondLock }) {
    firstLock.lock();
    first.value = 1;
    firstLock.unlock();

    secondLock.lock();
    second.value = first.value + 1;
    secondLock.unlock();
  },

  right({ first, firstLock, second, secondLock }, me) {
    firstLock.lock();
    if (first.value === 0) {
      firstLock.unlock();
      return;
    }
    const seen = first.value;
    firstLock.unlock();

    secondLock.lock();
    const then = second.value;
    secondLock.unlock();
    if (then !== seen + 1) me.fail();
  },
});
