import type { Measurement } from '../measurement.ts';
import { schedulesPerSecond } from '../schedules.ts';

/** As `controlled-1-1`, with four processes: twice the steps, and more of them are switches. */
export const controlled22: Measurement = {
  name: 'controlled-2-2',
  says: 'controlled runs a second on one processor: 2 producers, 2 consumers, 4 items each, capacity 2',
  unit: 'schedules/s',
  better: 'higher',
  wanted: 5_000,
  ours: () => schedulesPerSecond({ producers: 2, consumers: 2, capacity: 2, items: 4 }),
};
