import type { Measurement } from '../measurement.ts';
import { paceOf } from '../modelled.ts';

/** How fast the model hunts through the smallest interesting case, judges on. */
export const modelled11: Measurement = {
  name: 'modelled-1-1',
  says: 'modelled runs a second of one processor, judged: 1 producer, 1 consumer, 4 items, capacity 2, lean',
  unit: 'schedules/s',
  better: 'higher',
  wanted: 150_000,
  ours: async () => (await paceOf('lean-ring', { producers: 1, consumers: 1, capacity: 2, items: 4 })).judged,
};
