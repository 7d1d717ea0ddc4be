// A journal: what the books are going to say is written down first, then that it holds, and only then the books are
// changed. Whoever finds that a clerk has died carries out what was written down; it does no harm to do that twice.
// Source: write-ahead logging with redo (Gray and Reuter, "Transaction processing", 1993, chapter 9), under a robust
// mutex as in pthread_mutex_consistent(3).
import { bool, int32, mutex, solve } from 'interleave';
import problem from 'interleave/problems/crash-safe-counter';

export default solve(problem, {
  share: () => ({
    door: mutex({ robust: true }),
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
