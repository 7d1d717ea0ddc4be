// The profile of a run just played, as strategies take it.
import { castOf, type RunView } from '../check/run-view.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import { synchronises } from '../process/announced.ts';
import { RECORD_WORDS } from '../process/control.ts';
import { Field } from '../process/trace-record.ts';
import { type Profile, profileOf } from '../schedule/profile.ts';
import { deathOperations, deaths, operations, plainOperations } from '../sync/operations.ts';

const { event, pause } = plainOperations;
const { killed } = deathOperations;

/** What the controlled run in `view` tells about others of the same case. */
export function pilotOf(problem: AnyProblem, c: Case, view: RunView): Profile {
  const { trace } = view;
  const field = (step: number, name: number): number => trace[step * RECORD_WORDS + name];
  const movers = problem.memory === 'tso' ? 2 * view.processes : view.processes;
  const cast = castOf(problem, c);
  const names = Object.keys(problem.roles);
  const roles = cast.map(({ role }) => names.indexOf(role));
  return profileOf(
    {
      processes: movers,
      steps: view.outcome.steps,
      // Strategies know nothing of those who kill: what they do counts for the process that is killed.
      process: (step) =>
        field(step, Field.PROCESS) % (deaths[field(step, Field.OPERATION)] ? view.processes : movers),
      object(step) {
        const code = field(step, Field.OPERATION);
        return code === event.code || code === pause.code || code === killed.code
          ? -1
          : field(step, Field.OBJECT);
      },
      index: (step) => field(step, Field.INDEX),
      writes: (step) => operations[field(step, Field.OPERATION)].observes !== true,
      synchronises: (step) => synchronises(field(step, Field.OPERATION)),
    },
    // Store buffers come behind the processes.
    problem.memory === 'tso' ? [...roles, ...roles.map((role) => names.length + role)] : roles,
  );
}
