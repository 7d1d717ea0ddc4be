// The calls of a run, as the outside world saw them: what each process called and when, what it was told and when.
import type { Linearizable, TimedOperation } from '../problem/sequential-object.ts';

/** A call: an operation with who called it. Times are steps of the run, from 0. */
export interface Call extends TimedOperation {
  /** Number among all processes. */
  readonly process: number;
}

/** The calls of a run, in the order in which they were made. A process makes one after the other. */
export type History = readonly Call[];

export interface Recorder {
  /** Forgets everything: a run begins. */
  clear(): void;
  /** Takes down an event by its number in the specification; those of no operation are passed over. */
  take(process: number, event: number, value: number, step: number): void;
  /** What was taken down so far. Calls that have not returned have no result. */
  history(): History;
}

/** Records the calls of runs in which the events are those named `events`, in their order. */
export function recorder(operations: Linearizable<never>['operations'], events: readonly string[]): Recorder {
  const roles: ({ readonly name: string; readonly returns: boolean } | undefined)[] = events.map(
    () => undefined,
  );
  for (const [name, { called, returned }] of Object.entries(operations)) {
    for (const [event, returns] of [
      [called, false],
      [returned, true],
    ] as const) {
      const at = events.indexOf(event);
      if (at < 0)
        throw new Error(`the operation '${name}' is bracketed by '${event}': there is no such event`);
      if (roles[at]) throw new Error(`the event '${event}' belongs to '${roles[at].name}' and to '${name}'`);
      roles[at] = { name, returns };
    }
  }
  let calls: Call[] = [];
  /** Where each process's latest call stands in `calls`. */
  const latest: number[] = [];

  return {
    clear() {
      calls = [];
      latest.length = 0;
    },
    take(process, event, value, step) {
      const role = roles[event];
      if (role === undefined) return;
      const call: Call | undefined = calls[latest[process]];
      const inside = call !== undefined && call.result === undefined;
      // The problem's own `me` makes these events; students never do.
      if (inside !== role.returns || (inside && call.name !== role.name))
        throw new Error(`'${events[event]}' out of turn: a process makes one call after the other`);
      if (inside) calls[latest[process]] = { ...call, result: value, returned: step };
      else {
        latest[process] = calls.length;
        const returned = Number.POSITIVE_INFINITY;
        calls.push({ process, name: role.name, argument: value, result: undefined, called: step, returned });
      }
    },
    history: () => calls,
  };
}

/** What was known at step `step`, inclusive: later calls were not made yet, and later results not known. */
export function until(history: History, step: number): History {
  return history
    .filter((call) => call.called <= step)
    .map((call) =>
      call.returned <= step ? call : { ...call, result: undefined, returned: Number.POSITIVE_INFINITY },
    );
}
