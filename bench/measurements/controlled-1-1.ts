import type { Measurement } from '../measurement.ts';
import { schedulesPerSecond } from '../schedules.ts';

/** How fast the smallest interesting case is hunted through, judged, on one processor. */
export const controlled11: Measurement = {
  name: 'controlled-1-1',
  says: 'controlled runs a second on one processor: 1 producer, 1 consumer, 4 items, capacity 2',
  unit: 'schedules/s',
  better: 'higher',
  wanted: 15_000,
  ours: () => schedulesPerSecond({ producers: 1, consumers: 1, capacity: 2, items: 4 }),
};
