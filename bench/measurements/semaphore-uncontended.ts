import { uniform } from '../../harness/schedule/uniform.ts';
import type { Measurement } from '../measurement.ts';
import { timedRun, withTeam } from '../team.ts';

/** About half a second: the optimising compiler's share of it is small. */
const TIMES = 4_000_000;

/** What a semaphore costs in a free run when nobody else wants it. */
export const semaphoreUncontended: Measurement = {
  name: 'semaphore-uncontended',
  says: 'a wait and a post of one process in a free run, against sem_wait(3) and sem_post(3)',
  unit: 'ns',
  better: 'lower',
  wanted: 4,
  peer: 'semaphore',
  ours: () =>
    withTeam('semaphore', 'all', async (team) => {
      const parts = { lefts: 1, rights: 0, times: TIMES };
      return (await timedRun(team, parts, { mode: 'free', seed: 1, strategy: uniform })) / TIMES;
    }),
};
