import type { Measurement } from '../measurement.ts';
import { wallTime } from '../wall-time.ts';

const file = 'solutions/dining-philosophers/broken/naive.ts';

/** How long a student waits to be told that a naive solution deadlocks, the command's own start included. */
export const checkReject: Measurement = {
  name: 'check-reject',
  says: `seconds from pressing return to the rejection of ${file}`,
  unit: 's',
  better: 'lower',
  wanted: 1.5,
  ours: () => wallTime(['check', 'dining-philosophers', file, '--json'], 1),
};
