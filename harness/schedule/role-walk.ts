// The role walk: a random walk that draws a role first, then one of its processes. Processes of one role run the same
// code, and most bugs ask for a certain order of roles, whoever of the many plays them. Among ninety-nine writers a
// plain walk lets the one reader move at one step in a hundred; this one does at every second.
import { below, seed } from './generator.ts';
import type { Strategy } from './strategy.ts';

/** Role of each process, from 1; 0 where it is not known. */
const ROLES = 16;

export const roleWalk: Strategy = {
  name: 'role-walk',
  begin: (state, run) => {
    seed(state, 0, run.seed);
    for (let p = 0; p < run.processes; p++) state[ROLES + p] = 1 + (run.profile?.roles?.[p] ?? -1);
  },
  next: (state, enabled, count) => {
    const roles = firsts(state, enabled, count);
    const role = state[ROLES + nthFirst(state, enabled, count, below(state, 0, roles))];
    let players = 0;
    for (let i = 0; i < count; i++) if (state[ROLES + enabled[i]] === role) players++;
    let nth = below(state, 0, players);
    for (let i = 0; i < count; i++) {
      if (state[ROLES + enabled[i]] === role && nth-- === 0) return enabled[i];
    }
    return enabled[0]; // not reached: there are so many players
  },
  choose: (state, n) => below(state, 0, n),
};

/** Whether the process at `i` is the first of its role among those that can move. */
function first(state: Int32Array, enabled: Int32Array, i: number): boolean {
  for (let j = 0; j < i; j++) if (state[ROLES + enabled[j]] === state[ROLES + enabled[i]]) return false;
  return true;
}

/** How many roles can move. */
function firsts(state: Int32Array, enabled: Int32Array, count: number): number {
  let n = 0;
  for (let i = 0; i < count; i++) if (first(state, enabled, i)) n++;
  return n;
}

/** A process of the nth role that can move. */
function nthFirst(state: Int32Array, enabled: Int32Array, count: number, nth: number): number {
  let left = nth;
  for (let i = 0; i < count; i++) if (first(state, enabled, i) && left-- === 0) return enabled[i];
  return enabled[0]; // not reached: there are so many
}
