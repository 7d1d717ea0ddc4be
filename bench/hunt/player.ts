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
      const outcome = session.team.play({ mode: 'controlled', seed, strategy, profile });
      if (outcome.lost) throw new Error(`${subject.name}, seed ${seed}: a process was lost`);
      const view = session.view('controlled', outcome);
      if (profile === undefined) last = pilotOf(problem, subject.case, view);
      // The damage itself must show, as with those whom we compare ourselves to. The judges need less: they tell of
      // a data race in the first schedule in which both accesses happen.
      let failed = outcome.ending === Ending.DEADLOCK;
      eachEvent(view, () => {
        failed = true;
        return true;
      });
      if (!failed && outcome.ending !== Ending.FINISHED) {
        throw new Error(`${subject.name}, seed ${seed}: the run ended with ${outcome.ending}`);
      }
      return failed;
    },
    profile() {
      if (last === undefined) throw new Error('profile: nothing was played without one.');
      return last;
    },
    close: () => session.close(),
  };
}
