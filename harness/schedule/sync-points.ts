// Strategies that switch at synchronisation points only: a process goes on until it stands at a step that
// synchronises, or cannot go on. Where no two processes race for plain data, every bug shows in such a schedule, as
// CHESS puts to use (Musuvathi et al., "Finding and Reproducing Heisenbugs in Concurrent Programs", OSDI 2008), and
// there are exponentially fewer of them. Where they do race it may not: for that there are the other strategies, and
// the judge of data races.
import { roleWalk } from './role-walk.ts';
import type { RunShape, Strategy } from './strategy.ts';
import { urw } from './urw.ts';

/** `inner`, asked only where a piece of a process begins (see `Profile.pieces`). */
const atSyncPoints = (name: string, inner: Strategy): Strategy => ({
  name,
  begin: (state, run) => inner.begin(state, inPieces(run)),
  next: (state, enabled, count, current, step, announced) =>
    current >= 0 && !announced.synchronises(current)
      ? current
      : inner.next(state, enabled, count, current, step, announced),
  choose: inner.choose,
});

/** Whoever counts steps counts pieces. */
const inPieces = (run: RunShape): RunShape =>
  run.profile === undefined ? run : { ...run, profile: { ...run.profile, steps: run.profile.pieces } };

/** All interleavings of the pieces of processes equally likely, as far as nobody waits. */
export const syncUrw: Strategy = atSyncPoints('sync-urw', urw);
/** At each synchronisation point a role is drawn, then one of its processes. */
export const syncRoleWalk: Strategy = atSyncPoints('sync-role-walk', roleWalk);
