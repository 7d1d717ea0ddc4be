// Which strategies a hunt draws from, and how often each.
import { parking } from '../schedule/parking.ts';
import { pct } from '../schedule/pct.ts';
import { roundRobin } from '../schedule/round-robin.ts';
import { uniform } from '../schedule/uniform.ts';
import type { Mix } from './schedule-arbitrary.ts';

/** `all` hunts for bugs; `parking` looks for witnesses. */
export const mixes: Readonly<Record<'all' | 'parking', Mix>> = {
  all: [
    [uniform, 9],
    [pct, 6],
    [roundRobin, 2],
    [parking, 3],
  ],
  parking: [
    [parking, 3],
    [pct, 1],
  ],
};
