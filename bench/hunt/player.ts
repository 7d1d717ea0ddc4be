// Who plays the scoreboard's schedules: the model, or a team of real processes. Everything else in this folder knows
// only what a player can do.
import { fileURLToPath } from 'node:url';
import { eachEvent, type RunView } from '../../harness/check/run-view.ts';
import type { AnyProblem } from '../../harness/problem/problem.ts';
import { Ending } from '../../harness/process/control.ts';
import type { Profile } from '../../harness/schedule/profile.ts';
import type { Strategy } from '../../harness/schedule/strategy.ts';
import definition from './programs/problem.ts';
import type { Subject } from './subjects.ts';

export const problem = definition as unknown as AnyProblem;

/** The file of one of the scoreboard's programs. */
export const path = (name: string): string => fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url));

export interface Player {
  /** Plays one schedule. Returns whether something was wrong with it. */
  play(strategy: Strategy, seed: number, profile: Profile | undefined): boolean;
  /** What the schedule played last without a profile tells about others. */
  profile(): Profile;
  close(): Promise<void>;
}

/**
 * Whether the run shows damage: a deadlock, or a failed assertion. The damage itself must show, as with those whom we
 * compare ourselves to. The judges need less: they tell of a data race in the first schedule in which both accesses
 * happen. Throws where the run ended in a way that is neither good nor the bug.
 */
export function damaged(subject: Subject, seed: number, view: RunView): boolean {
  const { ending } = view.outcome;
  let failed = ending === Ending.DEADLOCK;
  eachEvent(view, () => {
    failed = true;
    return true;
  });
  if (failed || ending === Ending.FINISHED) return failed;
  throw new Error(`${subject.name}, seed ${seed}: the run ended with ${ending}`);
}
