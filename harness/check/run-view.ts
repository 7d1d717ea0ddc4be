// A finished run as the judges see it: the referee's copy of what lies in the segment.
import type { AnyProblem, Case } from '../problem/problem.ts';
import { Ending, MAX_PROCESSES, RECORD_WORDS, Run, Slot, Status } from '../process/control.ts';
import type { ObjectNames } from '../process/object-names.ts';
import type { Outcome, Team } from '../process/team.ts';
import { EVENT_WORDS, Field, MAX_EVENTS } from '../process/trace-record.ts';
import { deathOperations, operations, plainOperations } from '../sync/operations.ts';

/** What a process was about to do when the run ended. */
export interface Standing {
  readonly process: number;
  readonly operation: number;
  readonly object: number;
  readonly index: number;
  readonly argument: number;
  readonly line: number;
  readonly column: number;
}

export interface RunView {
  readonly mode: 'controlled' | 'free';
  readonly outcome: Outcome;
  readonly processes: number;
  /** Controlled runs: records, `outcome.steps` of them. Free runs: events, `events` of them. */
  readonly trace: Int32Array;
  readonly doubles: Float64Array;
  /** Events of a free run. */
  readonly events: number;
  /** Words of the shared objects at the end. */
  readonly data: Int32Array;
  readonly objects: ObjectNames;
  /** Who could not go on. */
  standing(): Standing[];
  /** What process `p` left as a message. */
  text(p: number): string;
  /** Where in the compiled solution process `p` ended the run; line 0 if unknown. */
  position(p: number): { line: number; column: number };
  /** The object that process `p` worked on last. */
  lastObject(p: number): number;
}

/** A view of the run that `team` has just played. Valid until the next one. */
export function viewOf(
  team: Team,
  mode: RunView['mode'],
  outcome: Outcome,
  processes: number,
  objects: ObjectNames,
): RunView {
  const at = (p: number, word: number): number =>
    mode === 'controlled' ? team.announced(p, word) : team.slot(p, word);
  return {
    mode,
    outcome,
    processes,
    trace: team.trace,
    doubles: team.traceDoubles,
    events: Math.min(team.header(Run.EVENTS), MAX_EVENTS),
    data: team.data,
    objects,
    standing: () =>
      Array.from({ length: Math.min(processes, MAX_PROCESSES) }, (_, p) => p)
        .filter((p) => team.slot(p, Slot.STATUS) === Status.STANDING)
        .map((process) => ({
          process,
          operation: at(process, Slot.OPERATION),
          object: at(process, Slot.OBJECT),
          index: at(process, Slot.INDEX),
          argument: at(process, Slot.ARGUMENT),
          line: team.slot(process, Slot.LINE),
          column: team.slot(process, Slot.COLUMN),
        })),
    text: (p) => team.text(p),
    position: (p) => ({ line: team.slot(p, Slot.LINE), column: team.slot(p, Slot.COLUMN) }),
    lastObject: (p) => at(p, Slot.OBJECT),
  };
}

/** What `eachEvent` calls a death. */
export const KILLED = -1;

/**
 * Calls `each` for every event of the run, in order, until it returns true. `step` counts steps from 0. A
 * death is the event KILLED of the process that was killed.
 */
export function eachEvent(
  view: RunView,
  each: (process: number, event: number, value: number, step: number) => boolean,
): void {
  const { trace } = view;
  if (view.mode === 'free') {
    for (let i = 0, at = 0; i < view.events; i++, at += EVENT_WORDS) {
      if (each(trace[at], trace[at + 1], trace[at + 2], i)) return;
    }
    return;
  }
  const { code } = plainOperations.event;
  const death = deathOperations.killed.code;
  for (let i = 0, at = 0; i < view.outcome.steps; i++, at += RECORD_WORDS) {
    if (trace[at + Field.OPERATION] === death) {
      if (each(trace[at + Field.PROCESS] % view.processes, KILLED, 0, i)) return;
    }
    if (trace[at + Field.OPERATION] !== code) continue;
    if (each(trace[at + Field.PROCESS], trace[at + Field.OBJECT], trace[at + Field.ARGUMENT], i)) return;
  }
}

/** Role of each process in a case, and its number in the role. */
export function castOf(problem: AnyProblem, c: Case): { role: string; number: number; alone: boolean }[] {
  return Object.entries(problem.roles).flatMap(([role, count]) => {
    const n = count(c);
    return Array.from({ length: n }, (_, number) => ({ role, number, alone: n === 1 }));
  });
}

export { Ending, operations };
