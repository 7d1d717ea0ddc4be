import type { Measurement } from '../measurement.ts';
import { paceOf } from '../modelled.ts';

/** What judging costs: the rules, what is left behind, data races. */
export const modelledJudges: Measurement = {
  name: 'modelled-judges',
  says: 'time of a modelled run with judges, by that without: 1 producer, 1 consumer, 4 items, capacity 2, lean',
  unit: 'times',
  better: 'lower',
  wanted: 1.3,
  async ours() {
    const { judged, played } = await paceOf('lean-ring', {
      producers: 1,
      consumers: 1,
      capacity: 2,
      items: 4,
    });
    return played / judged;
  },
};
