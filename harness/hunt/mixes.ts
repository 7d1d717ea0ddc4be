// Which strategies a hunt draws from, and how often each. None is the best for everything, and the worst of them for a
// program can be a hundred times worse than the best (docs/notes/strategies.md, docs/notes/hunt-scoreboard.md): so the
// portfolio has something of each kind, and most of what did best on the scoreboard.
import { delayBounding } from '../schedule/delay-bounding.ts';
import { parking } from '../schedule/parking.ts';
import { pct } from '../schedule/pct.ts';
import { pos } from '../schedule/pos.ts';
import { roleWalk } from '../schedule/role-walk.ts';
import { roundRobin } from '../schedule/round-robin.ts';
import { strategyIndex } from '../schedule/strategies.ts';
import type { Strategy } from '../schedule/strategy.ts';
import { surw } from '../schedule/surw.ts';
import { syncRoleWalk, syncUrw } from '../schedule/sync-points.ts';
import { uniform } from '../schedule/uniform.ts';
import { urw } from '../schedule/urw.ts';
import type { Weights } from './draw.ts';

/** Strategies and how often each is drawn. */
export type Mix = readonly (readonly [Strategy, number])[];

/** `all` hunts for bugs; `parking` looks for witnesses. */
export const mixes: Readonly<Record<'all' | 'parking', Mix>> = {
  all: [
    [uniform, 2],
    [pct, 3],
    [roundRobin, 2],
    [parking, 2],
    [pos, 12],
    [urw, 2],
    [surw, 14],
    [delayBounding, 1],
    [roleWalk, 4],
    [syncUrw, 4],
    [syncRoleWalk, 3],
  ],
  parking: [
    [parking, 3],
    [pct, 1],
  ],
};

/** `mix` as it is handed to another process. */
export const weightsOf = (mix: Mix): Weights =>
  mix.map(([strategy, weight]) => [strategyIndex(strategy), weight]);
