// The gate: controlled runs without a central scheduler.
//
// Before each step a process publishes the step it is about to take and decides who moves next. Every other process
// stands at its own gate, its step published, so whoever is running can see who is enabled. If it picks itself it
// goes on, with no system call. If not, it gives the other one its turn and sleeps. Nobody enabled and somebody not
// done is a deadlock, known at once. The strategy's state lies in shared memory, so it goes on wherever it is.
//
// Invariant: at any moment at most one process of the run is between gates, but before the first step, where all
// are on their way to their first gate and none has touched a shared object; the last to arrive decides.

import { below } from '../schedule/generator.ts';
import { parking } from '../schedule/parking.ts';
import { strategies } from '../schedule/strategies.ts';
import type { Strategy } from '../schedule/strategy.ts';
import * as atomic from '../shared/atomics.ts';
import { coerce, type ElementKind, elementOf, load, save } from '../shared/element.ts';
import type { Operation } from '../shared/operation.ts';
import type { Shared, Way } from '../shared/way.ts';
import { operations, plainOperations } from '../sync/operations.ts';
import type { Board } from './board.ts';
import { Ending, Flag, MAX_PROCESSES, RECORD_WORDS, Run, Slot, Status, slotOf } from './control.ts';
import { end, hasLeft, leave, say } from './ending.ts';
import { position } from './position.ts';
import { resetTicks } from './ticks.ts';
import { Bit, Field } from './trace-record.ts';

const { read, write, event, pause, misuse } = plainOperations;

export class Gate implements Way {
  readonly #board: Board;
  readonly #slot: number;
  readonly #enabled = new Int32Array(MAX_PROCESSES);
  #strategy: Strategy = strategies[0];
  #processes = 0;
  #arrived = false;
  #positions = false;
  #pauses: Shared = { id: -1, kind: 'world', at: 0, length: 1 };

  constructor(board: Board) {
    this.#board = board;
    this.#slot = slotOf(board.me);
  }

  /** A new run begins. */
  begin(): void {
    const { control } = this.#board;
    this.#strategy = strategies[control[Run.STRATEGY]];
    this.#processes = control[Run.PROCESSES];
    this.#positions = (control[Run.FLAGS] & Flag.POSITIONS) !== 0;
    this.#arrived = false;
  }

  step(operation: Operation, object: Shared, argument: number, second = 0): number {
    const { data, me } = this.#board;
    this.#pass(operation, object.id, object.at, 0, argument);
    const { at } = object;
    const complaint = operation.misuse?.(data, at, me, argument);
    if (complaint !== undefined) this.#misused(operation, object, complaint);
    const before = data[at];
    let bits = 0;
    let b = second;
    let result: number;
    if (operation.giveUp !== undefined && !operation.ready(data, at, me, argument)) {
      result = operation.giveUp(data, at, me, argument);
      bits = Bit.GAVE_UP;
    } else {
      const ways = operation.choices === undefined ? 0 : operation.choices(data, at, me, argument);
      if (ways > 1) {
        b = this.#choose(ways);
        bits = Bit.CHOSE;
      } else if (ways === 1) b = 0;
      result = operation.take(data, at, me, argument, b);
    }
    this.#record(operation.code, object.id, 0, argument, b, result, bits, before, data[at]);
    return result;
  }

  read(object: Shared, index: number): number {
    const kind = elementOf(object.kind) as ElementKind;
    this.#pass(read, object.id, object.at, index, 0);
    const value = load(this.#board.data, this.#board.dataDoubles, kind, object.at, index);
    this.#record(read.code, object.id, index, 0, 0, 0, 0, value, value);
    return value;
  }

  write(object: Shared, index: number, value: number): void {
    const kind = elementOf(object.kind) as ElementKind;
    const { data, dataDoubles } = this.#board;
    this.#pass(write, object.id, object.at, index, 0);
    const before = load(data, dataDoubles, kind, object.at, index);
    save(data, dataDoubles, kind, object.at, index, coerce(kind, value));
    this.#record(
      write.code,
      object.id,
      index,
      0,
      0,
      0,
      0,
      before,
      load(data, dataDoubles, kind, object.at, index),
    );
  }

  /** An event of the problem's world. */
  event(number: number, value: number): void {
    this.#pass(event, number, 0, 0, value);
    this.#record(event.code, number, 0, value, 0, 0, 0, 0, 0);
    if (this.#strategy === parking) parking.parked(this.#board.strategy, this.#board.me);
  }

  pause(milliseconds: number): void {
    this.#pass(pause, -1, 0, 0, 0);
    this.#record(pause.code, this.#pauses.id, 0, milliseconds | 0, 0, 0, 0, 0, 0);
  }

  misuse(object: Shared, message: string, index = 0): never {
    this.#pass(misuse, object.id, object.at, index, 0);
    return this.#misused(misuse, object, message, index);
  }

  #misused(operation: Operation, object: Shared, message: string, index = 0): never {
    const board = this.#board;
    const word = board.data[object.at];
    this.#record(operation.code, object.id, index, 0, 0, 0, 0, word, word);
    say(board, message, position());
    end(board, Ending.MISUSE);
    return leave(board);
  }

  bare(): undefined {
    return undefined;
  }

  /** The role has ended, well or by a crash: lets another one move. */
  done(status: number): void {
    const { control } = this.#board;
    if (control[Run.STATE] !== Ending.RUNNING) return;
    control[this.#slot + Slot.STATUS] = status;
    if (this.#arrived && status === Status.CRASHED) {
      end(this.#board, control[this.#slot + Slot.CAUSE]);
      return;
    }
    if (!this.#arrived && !this.#isLast()) return;
    this.#arrived = true;
    const next = this.#pick(-1);
    if (next >= 0) this.#giveTurn(next);
  }

  /** Stands at the gate until it is this process's turn. */
  #pass(operation: Operation, object: number, at: number, index: number, argument: number): void {
    const board = this.#board;
    const { control, me } = board;
    const slot = this.#slot;
    if (control[Run.STATE] !== Ending.RUNNING || hasLeft()) leave(board);
    control[slot + Slot.OPERATION] = operation.code;
    control[slot + Slot.OBJECT] = object;
    control[slot + Slot.AT] = at;
    control[slot + Slot.INDEX] = index;
    control[slot + Slot.ARGUMENT] = argument;
    if (this.#positions) {
      const { line, column } = position();
      control[slot + Slot.LINE] = line;
      control[slot + Slot.COLUMN] = column;
    }
    control[slot + Slot.STATUS] = Status.STANDING; // seen by others once they have their turn, or all have arrived
    let next = -1;
    if (this.#arrived) next = this.#pick(me);
    else {
      this.#arrived = true;
      if (this.#isLast()) next = this.#pick(-1);
    }
    if (next !== me) {
      if (next >= 0) this.#giveTurn(next);
      if (control[Run.STATE] !== Ending.RUNNING) leave(board); // it was this process that ended the run
      while (atomic.load(control, slot + Slot.TURN) === 0) board.host.wait(slot + Slot.TURN, 0);
      control[slot + Slot.TURN] = 0;
    }
    if (control[Run.STATE] !== Ending.RUNNING) leave(board); // the slot goes on saying what it waited for
    control[slot + Slot.STATUS] = Status.MOVING;
    resetTicks();
  }

  #isLast(): boolean {
    return atomic.add(this.#board.control, Run.ARRIVED, 1) === this.#processes - 1;
  }

  #giveTurn(process: number): void {
    const { control, host } = this.#board;
    const turn = slotOf(process) + Slot.TURN;
    atomic.store(control, turn, 1);
    host.wake(turn, 1);
  }

  /** Who moves next; -1 where nobody does, and then the run has ended. `current` is the caller if it wants to go on. */
  #pick(current: number): number {
    const { control, data, strategy } = this.#board;
    const enabled = this.#enabled;
    let count = 0;
    let currentCan = false;
    let unfinished = false;
    for (let p = 0; p < this.#processes; p++) {
      const slot = slotOf(p);
      const status = control[slot + Slot.STATUS];
      if (status === Status.STANDING) {
        unfinished = true;
        const operation = operations[control[slot + Slot.OPERATION]];
        if (
          operation.giveUp !== undefined ||
          operation.ready(data, control[slot + Slot.AT], p, control[slot + Slot.ARGUMENT])
        ) {
          enabled[count++] = p;
          if (p === current) currentCan = true;
        }
      } else if (status === Status.CRASHED) {
        // Only before the first step: later a crash ends the run at once. The lowest-numbered one is reported.
        if (end(this.#board, control[slot + Slot.CAUSE])) control[Run.BY] = p;
        return -1;
      }
    }
    if (count === 0) {
      if (unfinished) end(this.#board, Ending.DEADLOCK);
      return -1;
    }
    const step = control[Run.STEPS];
    if (step === 0 && !this.#sameLayout()) {
      end(this.#board, Ending.LAYOUT);
      return -1;
    }
    if (step >= control[Run.STEP_BOUND]) {
      end(this.#board, Ending.BOUND);
      return -1;
    }
    const next =
      step < control[Run.STRATEGY_BOUND]
        ? this.#strategy.next(strategy, enabled, count, currentCan ? current : -1, step)
        : enabled[below(control, Run.TAIL, count)];
    if (next < 0) {
      end(this.#board, Ending.UNFIT);
      return -1;
    }
    control[Run.PREEMPTED] = currentCan && next !== current ? 1 : 0;
    return next;
  }

  #sameLayout(): boolean {
    const { control } = this.#board;
    const first = control[slotOf(0) + Slot.LAYOUT];
    for (let p = 1; p < this.#processes; p++) if (control[slotOf(p) + Slot.LAYOUT] !== first) return false;
    return true;
  }

  #choose(ways: number): number {
    const board = this.#board;
    const { control } = board;
    if (control[Run.STEPS] >= control[Run.STRATEGY_BOUND]) return below(control, Run.TAIL, ways);
    const way = this.#strategy.choose(board.strategy, ways);
    if (way >= 0) return way;
    end(board, Ending.UNFIT);
    return leave(board);
  }

  #record(
    operation: number,
    object: number,
    index: number,
    argument: number,
    second: number,
    result: number,
    bits: number,
    before: number,
    after: number,
  ): void {
    const { control, trace, traceDoubles, me } = this.#board;
    const at = control[Run.STEPS]++ * RECORD_WORDS;
    trace[at + Field.PROCESS] = me;
    trace[at + Field.OPERATION] = operation;
    trace[at + Field.OBJECT] = object;
    trace[at + Field.INDEX] = index;
    trace[at + Field.ARGUMENT] = argument;
    trace[at + Field.SECOND] = second;
    trace[at + Field.RESULT] = result;
    trace[at + Field.BITS] = bits | control[Run.PREEMPTED];
    traceDoubles[(at + Field.BEFORE) >> 1] = before;
    traceDoubles[(at + Field.AFTER) >> 1] = after;
    if (this.#positions) {
      trace[at + Field.LINE] = control[this.#slot + Slot.LINE];
      trace[at + Field.COLUMN] = control[this.#slot + Slot.COLUMN];
    }
  }
}
