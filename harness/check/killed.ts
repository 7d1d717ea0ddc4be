// Who was killed in a run.
import { RECORD_WORDS } from '../process/control.ts';
import { Field } from '../process/trace-record.ts';
import { deathOperations } from '../sync/operations.ts';
import type { RunView } from './run-view.ts';

/** The processes that were killed in a controlled run, in the order of their deaths. */
export function killedIn({ mode, trace, outcome, processes }: RunView): number[] {
  const dead: number[] = [];
  if (mode === 'free') return dead;
  for (let i = 0, at = 0; i < outcome.steps; i++, at += RECORD_WORDS) {
    if (trace[at + Field.OPERATION] === deathOperations.killed.code) {
      dead.push(trace[at + Field.PROCESS] % processes);
    }
  }
  return dead;
}
