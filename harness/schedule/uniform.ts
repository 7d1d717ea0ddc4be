import { below, seed } from './generator.ts';
import type { Strategy } from './strategy.ts';

/** Uniform random walk: at every step each process that can move is equally likely. */
export const uniform: Strategy = {
  name: 'random',
  begin: (state, run) => seed(state, 0, run.seed),
  next: (state, enabled, count) => (count === 1 ? enabled[0] : enabled[below(state, 0, count)]),
  choose: (state, n) => below(state, 0, n),
};
