import type { Measurement } from '../measurement.ts';
import { wallTime } from '../wall-time.ts';

const file = 'solutions/producer-consumer/semaphores.ts';

/** How long a student waits to be told that a solution is right, the command's own start included. */
export const checkAccept: Measurement = {
  name: 'check-accept',
  says: `seconds from pressing return to the acceptance of ${file}, with the default budget`,
  unit: 's',
  better: 'lower',
  wanted: 6,
  ours: () => wallTime(['check', 'producer-consumer', file, '--json'], 0),
};
