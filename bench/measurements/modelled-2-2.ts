import type { Measurement } from '../measurement.ts';
import { paceOf } from '../modelled.ts';

/** How fast the model hunts through a case that is twice as large, judges on. */
export const modelled22: Measurement = {
  name: 'modelled-2-2',
  says: 'modelled runs a second of one processor, judged: 2 producers, 2 consumers, 4 items each, capacity 2',
  unit: 'schedules/s',
  better: 'higher',
  wanted: 75_000,
  ours: async () => (await paceOf('ring', { producers: 2, consumers: 2, capacity: 2, items: 4 })).judged,
};
