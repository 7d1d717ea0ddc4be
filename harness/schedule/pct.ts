// PCT, probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010): processes have
// random priorities, the highest that can move does, and at d - 1 random steps the one about to move drops below all
// that have not dropped. A bug of depth d is found with probability at least 1 / (n k^(d-1)), n processes, k steps.
import { below, seed } from './generator.ts';
import type { Strategy } from './strategy.ts';

const DEPTH = 2;
const CHANGES = 8; // up to 7 change points
const PRIORITIES = 16;

/** Depth is drawn from 1 to 4 for each run; a deviation from the paper, where it is fixed. */
const MAX_DEPTH = 4;
/** Taken for k where no run was seen yet. */
const LENGTH = 64;

export const pct: Strategy = {
  name: 'pct',
  begin: (state, run) => {
    seed(state, 0, run.seed);
    state[DEPTH] = 1 + below(state, 0, MAX_DEPTH);
    const k = run.profile?.length || run.length || LENGTH;
    for (let i = 0; i < state[DEPTH] - 1; i++) state[CHANGES + i] = below(state, 0, k);
    // A random permutation of 1 … n (Fisher–Yates), above the priorities 0, -1, … of those who dropped.
    for (let p = 0; p < run.processes; p++) {
      const other = below(state, 0, p + 1);
      state[PRIORITIES + p] = state[PRIORITIES + other];
      state[PRIORITIES + other] = p + 1;
    }
  },
  next: (state, enabled, count, _current, step) => {
    let best = highest(state, enabled, count);
    for (let i = 0; i < state[DEPTH] - 1; i++) {
      if (state[CHANGES + i] === step) {
        // The priority belongs to the change point, not to the time: of two who drop, either may stay above the
        // other. The bound for depths beyond two rests on that.
        state[PRIORITIES + best] = -i;
        best = highest(state, enabled, count);
      }
    }
    return best;
  },
  choose: (state, n) => below(state, 0, n),
};

function highest(state: Int32Array, enabled: Int32Array, count: number): number {
  let best = enabled[0];
  for (let i = 1; i < count; i++) {
    if (state[PRIORITIES + enabled[i]] > state[PRIORITIES + best]) best = enabled[i];
  }
  return best;
}
