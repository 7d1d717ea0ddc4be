// POS, partial order sampling (Yuan, Yang, Gu, "Partial Order Aware Concurrency Sampling", CAV 2018): every pending
// step has a random priority of its own, and the highest that can be taken is. Steps that raced with it get fresh
// priorities. So the order of two steps that do not depend on each other costs no luck, and the order of two that do
// is drawn anew each time they meet.
import { below, bits, seed } from './generator.ts';
import type { Announced, Strategy } from './strategy.ts';

/** Priority of the step that each process has announced; 0 as long as it has none. */
const PRIORITIES = 16;

export const pos: Strategy = {
  name: 'pos',
  begin: (state, run) => {
    seed(state, 0, run.seed);
    state.fill(0, PRIORITIES, PRIORITIES + run.processes);
  },
  next: (state, enabled, count, _current, _step, announced) => {
    let best = enabled[0];
    for (let i = 0; i < count; i++) {
      const p = enabled[i];
      // As in the paper, a step draws its priority once it can be taken, and keeps it while it cannot.
      if (state[PRIORITIES + p] === 0) state[PRIORITIES + p] = 1 + (bits(state, 0) >>> 2);
      if (state[PRIORITIES + p] > state[PRIORITIES + best]) best = p;
    }
    for (let i = 0; i < count; i++) {
      if (race(announced, best, enabled[i])) state[PRIORITIES + enabled[i]] = 0;
    }
    state[PRIORITIES + best] = 0;
    return best;
  },
  choose: (state, n) => below(state, 0, n),
};

/** Whether the announced steps of `a` and `b` do not commute. */
const race = (announced: Announced, a: number, b: number): boolean =>
  announced.object(a) >= 0 &&
  announced.object(a) === announced.object(b) &&
  announced.index(a) === announced.index(b) &&
  (announced.writes(a) || announced.writes(b));
