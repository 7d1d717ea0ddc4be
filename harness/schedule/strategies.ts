import { delayBounding } from './delay-bounding.ts';
import { parking } from './parking.ts';
import { pct } from './pct.ts';
import { pos } from './pos.ts';
import { lenientReplay, replay } from './replay.ts';
import { roleWalk } from './role-walk.ts';
import { roundRobin } from './round-robin.ts';
import type { Strategy } from './strategy.ts';
import { surw } from './surw.ts';
import { syncRoleWalk, syncUrw } from './sync-points.ts';
import { uniform } from './uniform.ts';
import { urw } from './urw.ts';

/** All strategies; a run names one by its index here. New ones are added at the end. */
export const strategies: readonly Strategy[] = [
  replay,
  lenientReplay,
  uniform,
  roundRobin,
  pct,
  parking,
  pos,
  urw,
  surw,
  delayBounding,
  roleWalk,
  syncUrw,
  syncRoleWalk,
];

/** Those that go by themselves: all but the two that play moves prescribed to them. */
export const unprescribed: readonly Strategy[] = strategies.filter(
  (s) => s !== replay && s !== lenientReplay,
);

/** The index of a strategy. */
export const strategyIndex = (strategy: Strategy): number => strategies.indexOf(strategy);
