// How a run is ended from within: whoever finds that it cannot go on says so once, and wakes all the others, each of
// which leaves by an exception at its gate. Student code may catch that; the next step throws it again.
import * as atomic from '../shared/atomics.ts';
import { leavingBy } from '../shared/leaving.ts';
import type { Board } from './board.ts';
import { Ending, MAX_PROCESSES, Run, Slot, slotOf, TEXT, TEXT_UNITS } from './control.ts';
import type { Position } from './position.ts';
import { writeText } from './text.ts';

/** Thrown through student code when its run is over. */
export const over: unknown = leavingBy(
  Object.freeze(
    Object.assign(new Error('this run is over: let the exception pass'), { name: 'RunOver', stack: '' }),
  ),
);

/** Exceptions of an ended run that student code may swallow before its process is ended. */
const PATIENCE = 1000;
let swallowed = 0;

let isShut = false;

/** Whether this process takes no more steps, although its run goes on. */
export function shut(yes: boolean): void {
  isShut = yes;
}
export const hasLeft = (): boolean => isShut;

/** A new run begins. */
export function forgetEnding(): void {
  swallowed = 0;
}

/** Leaves an ended run. */
export function leave(board: Board): never {
  if (++swallowed > PATIENCE) {
    board.control[slotOf(board.me) + Slot.GAVE_UP] = 1;
    board.host.exit();
  }
  throw over;
}

/** Ends the run, if nobody has yet, and wakes whoever stands at a gate. Says whether it was this call that did. */
export function end(board: Board, how: number, by = board.me): boolean {
  const { control } = board;
  if (atomic.compareExchange(control, Run.STATE, Ending.RUNNING, how) !== Ending.RUNNING) return false;
  control[Run.BY] = by;
  wakeAll(board);
  return true;
}

/** Wakes all processes of the run, wherever they sleep. */
export function wakeAll({ control, host, me }: Board): void {
  for (let p = 0; p < control[Run.PROCESSES] && p < MAX_PROCESSES; p++) {
    if (p === me) continue;
    const slot = slotOf(p);
    atomic.store(control, slot + Slot.TURN, 1);
    host.wake(slot + Slot.TURN, 1);
    const word = atomic.load(control, slot + Slot.SLEEPS_ON);
    if (word !== 0) host.wake(word, 2 ** 31 - 1);
  }
}

/** Leaves a message in this process's slot, with the place in the compiled solution. */
export function say(board: Board, text: string, at: Position): void {
  sayFor(board.me, board, text);
  mark(board, at);
}

/** Leaves a place in the compiled solution in this process's slot. */
export function mark({ control, me }: Board, at: Position): void {
  const slot = slotOf(me);
  control[slot + Slot.LINE] = at.line;
  control[slot + Slot.COLUMN] = at.column;
}

/** Leaves a message in the slot of process `p`. */
export function sayFor(p: number, { control, host }: Board, text: string): void {
  const word = TEXT + (p * TEXT_UNITS) / 2;
  control[slotOf(p) + Slot.TEXT_LENGTH] = writeText(host.buffer, word, text, TEXT_UNITS);
}
