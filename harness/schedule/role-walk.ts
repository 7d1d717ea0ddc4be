// The role walk: a random walk that draws a role first, then one of its processes. Processes of one role run the same
// code, and most bugs ask for a certain order of roles, whoever of the many plays them. Among ninety-nine writers a
// plain walk lets the one reader move at one step in a hundred; this one does at every second.
import { below, seed } from './generator.ts';
import type { Strategy } from './strategy.ts';

/** How many roles there are; 1 where they are not known. */
const ROLES = 2;
/** Role of each process. */
const PLAYS = 16;
/** Processes of each role that can move. */
const ABLE = 272;

export const roleWalk: Strategy = {
  name: 'role-walk',
  begin: (state, run) => {
    seed(state, 0, run.seed);
    const roles = run.profile?.roles;
    state[ROLES] = 1;
    for (let p = 0; p < run.processes; p++) {
      state[PLAYS + p] = roles?.[p] ?? 0;
      state[ROLES] = Math.max(state[ROLES], state[PLAYS + p] + 1);
    }
  },
  next: (state, enabled, count) => {
    state.fill(0, ABLE, ABLE + state[ROLES]);
    let able = 0;
    for (let i = 0; i < count; i++) if (state[ABLE + state[PLAYS + enabled[i]]]++ === 0) able++;
    let role = 0;
    for (let nth = below(state, 0, able); state[ABLE + role] === 0 || nth-- > 0; ) role++;
    let nth = below(state, 0, state[ABLE + role]);
    for (let i = 0; i < count; i++) if (state[PLAYS + enabled[i]] === role && nth-- === 0) return enabled[i];
    return enabled[0]; // not reached: so many can move
  },
  choose: (state, n) => below(state, 0, n),
};
