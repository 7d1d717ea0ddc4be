// A modelled run as the judges see it: like that of a team, but read where it was played.
import type { RunView } from '../check/run-view.ts';
import { standsAt } from '../process/announced.ts';
import type { Board } from '../process/board.ts';
import { Ending, Run, Slot, Status, slotOf, TEXT, TEXT_UNITS } from '../process/control.ts';
import type { ObjectNames } from '../process/object-names.ts';

/** A view that goes over to the next run. */
export interface BoardView extends RunView {
  objects: ObjectNames;
  /** The run just played is the one to be seen from now on. */
  look(): void;
}

/** A view of the runs that lie in `board`, one after the other: `outcome` is read off by `look`. */
export function boardView(board: Board, processes: number): BoardView {
  const { control, trace, traceDoubles, data, host } = board;
  const slot = (p: number, word: number): number => control[slotOf(p) + word];
  const at = (p: number, word: number): number => control[standsAt(control, slotOf(p)) + word];
  const outcome = { ending: 0, by: -1, steps: 0 };
  return {
    mode: 'controlled',
    outcome,
    look() {
      const state = control[Run.STATE];
      outcome.ending = state === Ending.RUNNING ? Ending.FINISHED : state;
      outcome.by = control[Run.BY];
      outcome.steps = control[Run.STEPS];
    },
    processes,
    trace,
    doubles: traceDoubles,
    events: 0,
    data,
    objects: [],
    standing: () =>
      Array.from({ length: processes }, (_, p) => p)
        .filter((p) => slot(p, Slot.STATUS) === Status.STANDING)
        .map((process) => ({
          process,
          operation: at(process, Slot.OPERATION),
          object: at(process, Slot.OBJECT),
          index: at(process, Slot.INDEX),
          argument: at(process, Slot.ARGUMENT),
          line: 0,
          column: 0,
        })),
    text(p) {
      const length = Math.min(slot(p, Slot.TEXT_LENGTH), TEXT_UNITS);
      const units = new Uint16Array(host.buffer, (TEXT + (p * TEXT_UNITS) / 2) * 4, length);
      return String.fromCharCode(...units);
    },
    position: () => ({ line: 0, column: 0 }),
    lastObject: (p) => at(p, Slot.OBJECT),
  };
}
