// Parking: a process that has just begun something visible is held back as long as others can move, so that the
// others come as far as the solution lets them. Priorities as in PCT, but the change points are events instead of
// random steps: this is how the lab looks for witnesses, the concurrency that must be possible.
import { below, bits, seed } from './generator.ts';
import type { Strategy } from './strategy.ts';

const DROPPED = 2;
const PRIORITIES = 16;

export const parking: Strategy & { parked(state: Int32Array, process: number): void } = {
  name: 'parking',
  begin: (state, run) => {
    seed(state, 0, run.seed);
    state[DROPPED] = 0;
    for (let p = 0; p < run.processes; p++) {
      const other = below(state, 0, p + 1);
      state[PRIORITIES + p] = state[PRIORITIES + other];
      state[PRIORITIES + other] = p + 1;
    }
  },
  next: (state, enabled, count) => {
    let best = enabled[0];
    for (let i = 1; i < count; i++) {
      if (state[PRIORITIES + enabled[i]] > state[PRIORITIES + best]) best = enabled[i];
    }
    return best;
  },
  choose: (state, n) => below(state, 0, n),
  /** The gate tells that `process` has taken an event. In 3 of 4 cases it drops below all others. */
  parked: (state, process) => {
    if (bits(state, 0) & 3) state[PRIORITIES + process] = -state[DROPPED]++;
  },
};
