// bench/peers/semaphore.c, in the lab: a semaphore that nobody else wants.
import { semaphore, solve } from 'interleave';
import type problem from './problem.ts';

export default solve({ id: 'bench' } as typeof problem, {
  share: () => ({ units: semaphore(1) }),

  left({ units }, me) {
    for (let i = 0; i < me.times; i++) {
      units.wait();
      units.post();
    }
  },

  right() {},
});
