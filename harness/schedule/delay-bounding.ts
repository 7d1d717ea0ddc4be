// Delay bounding (Emmi, Qadeer, Rakamaric, "Delay-Bounded Scheduling", POPL 2011): a deterministic scheduler lets each
// process go on as long as it can, then the next in a fixed order. At a few steps, the delays, whoever is about to
// move is passed over once instead. With d delays it comes to k^d schedules at most, however many processes there
// are. Here the delays are drawn at random.
import { below, seed } from './generator.ts';
import type { Strategy } from './strategy.ts';

const DELAYS = 2;
/** Place in the order of the process that moved last. */
const LAST = 3;
const PROCESSES = 4;
/** The steps at which somebody is passed over. */
const POINTS = 8;
/** Place of each process in the order. */
const PLACES = 16;

/** Delays are 0 to 4, drawn for each run; a deviation from the paper, where the bound is fixed and then raised. */
const MAX_DELAYS = 4;
/** Taken for the steps of a run where nothing is known. */
const LENGTH = 64;

export const delayBounding: Strategy = {
  name: 'delay-bounding',
  begin: (state, run) => {
    seed(state, 0, run.seed);
    state[PROCESSES] = run.processes;
    state[DELAYS] = below(state, 0, MAX_DELAYS + 1);
    state[LAST] = 0; // nobody has moved yet, so the first in the order begins
    const k = run.profile?.length || run.length || LENGTH;
    for (let i = 0; i < state[DELAYS]; i++) state[POINTS + i] = below(state, 0, k);
    // The order is drawn too, a second deviation: in the paper it is that in which the processes were created.
    for (let p = 0; p < run.processes; p++) {
      const other = below(state, 0, p + 1);
      state[PLACES + p] = state[PLACES + other];
      state[PLACES + other] = p;
    }
  },
  next: (state, enabled, count, _current, step) => {
    let next = follower(state, enabled, count, 0);
    for (let i = 0; i < state[DELAYS]; i++) {
      if (state[POINTS + i] !== step) continue;
      state[LAST] = state[PLACES + next];
      next = follower(state, enabled, count, 1);
    }
    state[LAST] = state[PLACES + next];
    return next;
  },
  choose: (state, n) => below(state, 0, n),
};

/** Of those that can move the first in the order, from `by` places behind the last one on, and round. */
function follower(state: Int32Array, enabled: Int32Array, count: number, by: number): number {
  const n = state[PROCESSES];
  const from = state[LAST] + by;
  const behind = (p: number): number => (state[PLACES + p] - from + n + n) % n;
  let best = enabled[0];
  for (let i = 1; i < count; i++) if (behind(enabled[i]) < behind(best)) best = enabled[i];
  return best;
}
