// URW, the uniform random walk (Zhao, Wolff, Mathur, Roychoudhury, "Selectively Uniform Concurrency Testing", ASPLOS
// 2025, algorithm 1): a process moves with a probability in proportion to the steps that it still has to take. Where
// nobody ever waits and the profile is exact, every interleaving is equally likely; a walk that tosses the same coin
// at each step prefers those in which a short process is done early.
import { below, seed } from './generator.ts';
import type { Strategy } from './strategy.ts';

/** Steps that each process has left. */
const LEFT = 16;

export const urw: Strategy = {
  name: 'urw',
  begin: (state, run) => {
    seed(state, 0, run.seed);
    for (let p = 0; p < run.processes; p++) state[LEFT + p] = run.profile?.steps[p] ?? 0;
  },
  next: (state, enabled, count) => {
    let total = 0;
    for (let i = 0; i < count; i++) total += weight(state, enabled[i]);
    let drawn = below(state, 0, total);
    for (let i = 0; i < count; i++) {
      drawn -= weight(state, enabled[i]);
      if (drawn < 0) {
        state[LEFT + enabled[i]]--;
        return enabled[i];
      }
    }
    return enabled[count - 1]; // not reached: the weights add up to the total
  },
  choose: (state, n) => below(state, 0, n),
};

/** A process that can move has a step left, whatever the profile says; so without one this is a plain random walk. */
const weight = (state: Int32Array, p: number): number => Math.max(1, state[LEFT + p]);
