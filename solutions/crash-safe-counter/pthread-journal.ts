// The journal once more, under the mutex of the system that it was made for: `pthread_mutex_lock` gives EOWNERDEAD to the
// next owner, which carries out what was written down and calls `pthread_mutex_consistent`.
// Source: pthread_mutexattr_setrobust(3).
import { bool, int32, pthreadMutex, solve } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

export default solve(problem, {
  share: () => ({
    door: pthreadMutex({ robust: true }),
    visitors: int32(),
    total: int32(),
    nextVisitors: int32(),
    nextTotal: int32(),
    holds: bool(),
  }),

  clerk({ door, visitors, total, nextVisitors, nextTotal, holds }, me) {
    const carryOut = () => {
      visitors.value = nextVisitors.value;
      total.value = nextTotal.value;
      holds.value = false;
    };
    for (const price of me.prices) {
      door.lock();
      if (door.ownerDied) {
        if (holds.value) carryOut();
        door.consistent();
      }
      nextVisitors.value = visitors.value + 1;
      nextTotal.value = total.value + price;
      holds.value = true;
      carryOut();
      const receipt = [visitors.value, total.value] as const;
      door.unlock();
      me.receipt(...receipt);
    }
  },
});
