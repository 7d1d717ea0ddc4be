import { replay } from '../../harness/schedule/replay.ts';
import { take } from '../../harness/schedule/schedule.ts';
import type { Measurement } from '../measurement.ts';
import { timedRun, withTeam } from '../team.ts';

/** Steps of each process in a run, and runs; about 0.3 s. */
const STEPS = 2_000;
const RUNS = 10;

/** Every step a switch, and the same steps with a single one. */
const inTurns = Array.from({ length: 2 * STEPS }, (_, i) => take(i % 2, 1));
const oneByOne = [take(0, STEPS), take(1, STEPS)];

/**
 * What it costs that another process moves. Two workers play the same steps twice through the gate on one
 * processor: once they take turns, once one goes after the other. The two runs differ in nothing but the
 * hand-offs: the other's turn word stored, its wake-up, and the sleep on the own word. That is what the peer does,
 * which takes no steps; so the steps themselves (which `controlled-…` measure) are subtracted.
 */
export const handoff: Measurement = {
  name: 'handoff',
  says: 'a hand-off from one worker to another at the gate, on one processor, against bare futexes',
  unit: 'ns',
  better: 'lower',
  wanted: 1.5,
  peer: 'handoff',
  ours: () =>
    withTeam('turns', 'one', async (team) => {
      const parts = { lefts: 1, rights: 1, times: STEPS };
      const run = (moves: readonly number[]): Promise<number> =>
        timedRun(team, parts, { mode: 'controlled', seed: 1, strategy: replay, moves });
      await run(inTurns); // the first run is slow: code is being compiled
      let turns = 0;
      let single = 0;
      for (let i = 0; i < RUNS; i++) {
        turns += await run(inTurns);
        single += await run(oneByOne);
      }
      return (turns - single) / (RUNS * (inTurns.length - oneByOne.length));
    }),
};
