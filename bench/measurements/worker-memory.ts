import { readFileSync } from 'node:fs';
import { uniform } from '../../harness/schedule/uniform.ts';
import type { Measurement } from '../measurement.ts';
import { timedRun, withTeam } from '../team.ts';

/** Enough to have everything compiled and the heap as large as it gets. */
const ITEMS = 200_000;
const RUNS = 1_000;

/**
 * The resident set of a worker, in MB (10^6 bytes). What it shares with others (Node's own code, the segment) is
 * counted in full: this is the most that one more worker can cost.
 */
function resident(pid: number): number {
  const kilobytes = /^Rss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/smaps_rollup has no line 'Rss'`);
  return (Number(kilobytes) * 1024) / 1e6;
}

/** How large a warm worker is that has played many runs of both kinds; the larger of two. */
export const workerMemory: Measurement = {
  name: 'worker-memory',
  says: 'resident memory of a worker that has played controlled and free runs',
  unit: 'MB',
  better: 'lower',
  wanted: 70,
  ours: () =>
    withTeam('buffer', 'all', async (team) => {
      await timedRun(
        team,
        { lefts: 1, rights: 1, times: ITEMS },
        { mode: 'free', seed: 1, strategy: uniform },
      );
      for (let seed = 0; seed < RUNS; seed++) {
        const parts = { lefts: 1, rights: 1, times: 8 };
        await timedRun(team, parts, { mode: 'controlled', seed, strategy: uniform });
      }
      return Math.max(...team.pids.map(resident));
    }),
};
