// Naive philosophers, one meal: everybody takes the fork at the left hand, then the other one. The left role sits at
// the table; there is nobody else. Deadlock.
import { mutex, solve } from 'interleave';
import type problem from './problem.ts';

export default solve({ id: 'bench-hunt' } as typeof problem, {
  share: (c) => ({ forks: Array.from({ length: c.lefts }, () => mutex()) }),

  left({ forks }, me) {
    const [first, second] = [forks[me.number], forks[(me.number + 1) % forks.length]];
    for (let meal = 0; meal < me.times; meal++) {
      first.lock();
      second.lock();
      second.unlock();
      first.unlock();
    }
  },

  right() {},
});
