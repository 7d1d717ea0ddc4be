import { pilotOf } from '../../harness/hunt/pilot.ts';
import { Session } from '../../harness/hunt/session.ts';
import { allowedProcessors, pin } from '../../harness/os/affinity.ts';
import { processesOf } from '../../harness/problem/case.ts';
import { compile } from '../../harness/problem/compile.ts';
import { MAX_PROCESSES } from '../../harness/process/control.ts';
import type { Profile } from '../../harness/schedule/profile.ts';
import { damaged, type Player, path, problem } from './player.ts';
import type { Subject } from './subjects.ts';

/** Plays `subject` with a team of real processes; undefined where it has more of them than a team. */
export async function processPlayer(subject: Subject): Promise<Player | undefined> {
  const processes = processesOf(problem, subject.case);
  if (processes > MAX_PROCESSES) return undefined;
  const [compiledProblem, solution] = await Promise.all([
    compile(path('problem')),
    compile(path(subject.program)),
  ]);
  pin(allowedProcessors().slice(0, 1));
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
      return damaged(subject, seed, view);
    },
    profile() {
      if (last === undefined) throw new Error('profile: nothing was played without one.');
      return last;
    },
    close: () => session.close(),
  };
}
