import { uniform } from '../../harness/schedule/uniform.ts';
import type { Measurement } from '../measurement.ts';
import { timedRun, withTeam } from '../team.ts';

const ITEMS = 1_000_000;

/**
 * How fast items pass from one process to another in a free run. Neither side reports events: what is compared is
 * what the processes do to each other, not what the lab's judges want to know about it.
 */
export const bufferItems: Measurement = {
  name: 'buffer-items',
  says: 'items a second through a buffer of 64 slots with two semaphores, one producer and one consumer',
  unit: 'items/s',
  better: 'higher',
  wanted: 0.5,
  peer: 'buffer',
  ours: () =>
    withTeam('buffer', 'all', async (team) => {
      const parts = { lefts: 1, rights: 1, times: ITEMS };
      return ITEMS / ((await timedRun(team, parts, { mode: 'free', seed: 1, strategy: uniform })) / 1e9);
    }),
};
