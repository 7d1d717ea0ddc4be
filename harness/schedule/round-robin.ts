import { below, seed } from './generator.ts';
import type { Strategy } from './strategy.ts';

const QUANTUM = 2;
const LEFT = 3;
const LAST = 4;

/** Round robin: each process moves for a quantum of steps, then the next one; the quantum is drawn from the seed. */
export const roundRobin: Strategy = {
  name: 'round-robin',
  begin: (state, run) => {
    seed(state, 0, run.seed);
    state[QUANTUM] = 1 + below(state, 0, 8);
    state[LEFT] = 0;
    state[LAST] = below(state, 0, run.processes);
  },
  next: (state, enabled, count, current) => {
    if (current >= 0 && current === state[LAST] && state[LEFT] > 0) {
      state[LEFT]--;
      return current;
    }
    let next = enabled[0];
    for (let i = 0; i < count; i++) {
      if (enabled[i] > state[LAST]) {
        next = enabled[i];
        break;
      }
    }
    state[LAST] = next;
    state[LEFT] = state[QUANTUM] - 1;
    return next;
  },
  choose: (state, n) => below(state, 0, n),
};
