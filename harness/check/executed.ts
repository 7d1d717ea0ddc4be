// The schedule that a run really took, read off its trace.
import { RECORD_WORDS } from '../process/control.ts';
import { Bit, Field } from '../process/trace-record.ts';
import { choice, compact, type Moves, take } from '../schedule/schedule.ts';
import type { RunView } from './run-view.ts';

/** All moves of a controlled run. Replayed, they give the same trace. */
export function executed({ trace, outcome }: RunView): Moves {
  const entries: number[] = [];
  for (let i = 0, at = 0; i < outcome.steps; i++, at += RECORD_WORDS) {
    entries.push(take(trace[at + Field.PROCESS], 1));
    if (trace[at + Field.BITS] & Bit.CHOSE) entries.push(choice(trace[at + Field.SECOND]));
  }
  return compact(entries);
}

/** Preemptive switches: the process that moved before could have gone on. */
export function preemptions({ trace, outcome }: RunView): number {
  let n = 0;
  for (let i = 0, at = 0; i < outcome.steps; i++, at += RECORD_WORDS)
    n += trace[at + Field.BITS] & Bit.PREEMPTS;
  return n;
}
