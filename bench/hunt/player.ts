// Who plays the scoreboard's schedules: a team of real processes. Everything else in this folder knows only what a
// player can do.
import { fileURLToPath } from 'node:url';
import { eachEvent } from '../../harness/check/run-view.ts';
import { pilotOf } from '../../harness/hunt/pilot.ts';
import { Session } from '../../harness/hunt/session.ts';
import { processesOf } from '../../harness/problem/case.ts';
import { compile } from '../../harness/problem/compile.ts';
import type { AnyProblem } from '../../harness/problem/problem.ts';
import { Ending, MAX_PROCESSES } from '../../harness/process/control.ts';
import type { Profile } from '../../harness/schedule/profile.ts';
import type { Strategy } from '../../harness/schedule/strategy.ts';
import definition from './programs/problem.ts';
import type { Subject } from './subjects.ts';

const path = (name: string): string => fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url));
const problem = definition as unknown as AnyProblem;

export interface Player {
  /** Plays one schedule. Returns whether something was wrong with it. */
  play(strategy: Strategy, seed: number, profile: Profile | undefined): boolean;
  /** What the schedule just played tells about others. */
  profile(): Profile;
  close(): Promise<void>;
}

/** A player of `subject`; undefined where it has more processes than a run may have. */
export async function openPlayer(subject: Subject): Promise<Player | undefined> {
  const processes = processesOf(problem, subject.case);
  if (processes > MAX_PROCESSES) return undefined;
  const [compiledProblem, solution] = await Promise.all([
    compile(path('problem')),
    compile(path(subject.program)),
  ]);
  const session = new Session();
  session.problem = problem;
  await session.team.load({ problem: compiledProblem.code, solution: solution.code }, processes);
  await session.enter(subject.case);
  let last: Profile | undefined;
  return {
    play(strategy, seed, profile) {
      const { outcome, judgement } = session.play({ mode: 'controlled', seed, strategy, profile });
      if (outcome.lost) throw new Error(`${subject.name}, seed ${seed}: a process was lost`);
      last =
        profile === undefined ? pilotOf(problem, subject.case, session.view('controlled', outcome)) : last;
      return judgement !== undefined;
    },
    profile() {
      if (last === undefined) throw new Error('profile: nothing was played without one.');
      return last;
    },
    close: () => session.close(),
  };
}
