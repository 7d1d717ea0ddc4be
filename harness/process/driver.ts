// The driver of a controlled run: decides who moves next, and takes the steps that processes have announced. It is
// pure over the run's memory and knows no process of its own, so any of them can be the one that drives.

import { below } from '../schedule/generator.ts';
import { parking } from '../schedule/parking.ts';
import { strategies } from '../schedule/strategies.ts';
import { type Announced, STUCK, type Strategy } from '../schedule/strategy.ts';
import { coerce, elementKinds, load, save } from '../shared/element.ts';
import type { Operation } from '../shared/operation.ts';
import type { Shared } from '../shared/way.ts';
import { handOf } from '../sync/messages.ts';
import { bufferOperations, deathOperations, operations, plainOperations } from '../sync/operations.ts';
import { advance, announce, announcedIn, standsAt } from './announced.ts';
import type { Board } from './board.ts';
import { Ending, Flag, MAX_MODELLED, RECORD_WORDS, Run, Slot, Status, slotOf } from './control.ts';
import { end, sayFor } from './ending.ts';
import { Kills } from './kills.ts';
import { Movers } from './movers.ts';
import { isKernels, least, most, Row, rowOf, shiftBy } from './rows.ts';
import { latestIn } from './store-buffer.ts';
import { Bit, Field } from './trace-record.ts';

const { read, write, event, misuse } = plainOperations;
const { flush } = bufferOperations;
const { killed } = deathOperations;

export class Driver {
  readonly #board: Board;
  readonly #control: Int32Array;
  #strategy: Strategy = strategies[0];
  #processes = 0;
  /** Whether there are store buffers. */
  #buffered = false;
  #positions = false;
  /** After so many steps the fair tail takes over, and after so many the run is ended. */
  #strategyBound = 0;
  #stepBound = 0;
  /** Where the processes stand, and who of them can go on. */
  readonly #movers: Movers;
  readonly #announced: Announced;
  /** Who kills whom. */
  readonly kills: Kills;
  /** The first of those who kill, all of whom come behind all others. */
  #killers = MAX_MODELLED;

  constructor(board: Board) {
    this.#board = board;
    this.#control = board.control;
    this.#movers = new Movers(board);
    this.#announced = announcedIn(board.control);
    this.kills = new Kills(board);
  }

  /** A new run begins; `strategy` stands for the one that the header names. */
  begin(strategy?: Strategy): void {
    const control = this.#control;
    this.#strategy = strategy ?? strategies[control[Run.STRATEGY]];
    this.#processes = control[Run.PROCESSES];
    this.#buffered = (control[Run.FLAGS] & Flag.BUFFERED) !== 0;
    this.#positions = (control[Run.FLAGS] & Flag.POSITIONS) !== 0;
    this.#strategyBound = control[Run.STRATEGY_BOUND];
    this.#stepBound = control[Run.STEP_BOUND];
    this.kills.begin(this.#strategy);
    this.#killers = this.kills.first;
    this.#movers.begin(this.#processes, this.#buffered, this.#killers);
  }

  /** Takes steps, whoever's they are, until somebody's role must go on. Returns whose; -1 where the run is over. */
  drive(): number {
    if (this.#control[Run.STATE] !== Ending.RUNNING) return -1; // who moved last has crashed, in a model
    for (;;) {
      const next = this.#pick();
      if (next < 0) return -1;
      if (this.#take(next)) continue;
      if (this.#control[Run.STATE] !== Ending.RUNNING) return -1;
      if (this.#control[slotOf(next) + Slot.STATUS] === Status.MOVING) return next;
    }
  }

  /** This process has taken the step on a kernel object that it was given its turn for; its call gave `given`. */
  attempted(operation: Operation, object: Shared, argument: number, given: number): void {
    const { data, me } = this.#board;
    const before = data[object.at];
    operation.take(data, object.at, me, argument, given);
    this.#record(me, operation.code, object.id, 0, argument, 0, given, 0, before, data[object.at]);
  }

  /**
   * Takes the step at which process `p` stands. It stands at the next one then, goes on, or has ended.
   * @returns true where it certainly stands at the next one
   */
  #take(p: number): boolean {
    const board = this.#board;
    const { data } = board;
    const control = this.#control;
    const slot = slotOf(p);
    const step = this.#movers.stepOf(p);
    const code = this.#movers.codeOf(p);
    const row = rowOf[code];
    if (row !== Row.TABLE) {
      const at = control[step + Slot.AT];
      const before = data[at];
      let after: number;
      if (row === Row.SHIFT) {
        if (before < least[code] || before > most[code]) {
          this.#transition(p, slot, step, operations[code]);
          return false;
        }
        after = before + shiftBy[code];
      } else if (row === Row.LOCK) after = p + 1;
      else {
        if (before !== p + 1) {
          this.#transition(p, slot, step, operations[code]);
          return false;
        }
        after = 0;
      }
      data[at] = after;
      this.#record(p, code, control[step + Slot.OBJECT], 0, 0, 0, 0, 0, before, after);
      if (advance(control, slot) && p < this.#killers) return true;
    } else if (isKernels[code] === 1) {
      advance(control, slot); // the process makes the system call itself, and has its step recorded
      this.#movers.forget();
    } else if (code === flush.code) this.#flush(p, slot, step);
    else if (code === killed.code) this.#kill(p, slot);
    else if (code > misuse.code) this.#transition(p, slot, step, operations[code]);
    else if (code === read.code || code === write.code) {
      if (this.#buffered) this.#accessBuffered(p, slot, step, code);
      else this.#access(p, slot, step, code);
    } else {
      const object = control[step + Slot.OBJECT];
      const argument = control[step + Slot.ARGUMENT];
      const word = code === misuse.code ? data[control[step + Slot.AT]] : 0;
      this.#record(p, code, object, control[step + Slot.INDEX], argument, 0, 0, 0, word, word);
      if (code === misuse.code) {
        end(this.#board, Ending.MISUSE, p);
        return false;
      }
      if (code === event.code && this.#strategy === parking) parking.parked(board.strategy, p);
      if (advance(control, slot) && p < this.#killers) return true;
    }
    if (p >= this.#killers) this.kills.goOn(p);
    if (control[slot + Slot.STATUS] === Status.CRASHED) end(this.#board, control[slot + Slot.CAUSE], p);
    return false;
  }

  /** A step that a table describes. */
  #transition(p: number, slot: number, step: number, operation: Operation): void {
    const board = this.#board;
    const { control, data, doubles } = board;
    const me = p < this.#killers ? p : p - this.#killers; // what follows from a death is done for who died
    const object = control[step + Slot.OBJECT];
    const at = control[step + Slot.AT];
    const argument = control[step + Slot.ARGUMENT];
    const complaint = operation.misuse?.(data, at, me, argument);
    const before = data[at];
    if (complaint !== undefined) {
      this.#record(p, operation.code, object, 0, 0, 0, 0, 0, before, before);
      sayFor(p, board, complaint);
      end(this.#board, Ending.MISUSE, p);
      return;
    }
    let bits = 0;
    let b = control[step + Slot.SECOND];
    let result: number;
    if (operation.giveUp !== undefined && !operation.ready(data, at, me, argument)) {
      result = operation.giveUp(data, at, me, argument);
      bits = Bit.GAVE_UP;
    } else {
      const ways = operation.choices === undefined ? 0 : operation.choices(data, at, me, argument);
      if (ways > 1) {
        b = this.#choose(ways);
        if (b < 0) return;
        bits = Bit.CHOSE;
      } else if (ways === 1) b = 0;
      const more = control[step + Slot.ELEMENT];
      result = operation.take(data, at, me, argument, b, more, doubles[(step + Slot.VALUE) >> 1]);
    }
    this.#record(p, operation.code, object, 0, argument, b, result, bits, before, data[at]);
    if (operation.carries !== undefined)
      this.#carry(me, step, operation.carries === 'in' && result === 1, at);
    const next = operation.follow?.(result);
    if (next !== undefined) {
      control[step + Slot.OPERATION] = next.code;
      control[step + Slot.ARGUMENT] = result;
      return;
    }
    if (control[step + Slot.LISTENS] !== 0) doubles[(slot + Slot.RESULT) >> 1] = result;
    advance(control, slot);
  }

  /** The step just recorded has to do with a message. */
  #carry(me: number, step: number, isReceived: boolean, at: number): void {
    const { control, data, doubles, trace } = this.#board;
    const record = (control[Run.STEPS] - 1) * RECORD_WORDS;
    const hand = isReceived ? handOf(data, at, me) : 0;
    if (isReceived) trace[record + Field.ARGUMENT] = data[hand];
    trace[record + Field.MORE] = isReceived ? data[hand + 1] : control[step + Slot.ELEMENT];
    trace[record + Field.LAST] = isReceived ? data[hand + 2] : doubles[(step + Slot.VALUE) >> 1];
  }

  /** A read or a write of an element. */
  #access(p: number, slot: number, step: number, code: number): void {
    const { control, data, dataDoubles, doubles } = this.#board;
    const kind = elementKinds[control[step + Slot.ELEMENT]];
    const at = control[step + Slot.AT];
    const index = control[step + Slot.INDEX];
    const before = load(data, dataDoubles, kind, at, index);
    let after = before;
    if (code === write.code) {
      save(data, dataDoubles, kind, at, index, coerce(kind, doubles[(step + Slot.VALUE) >> 1]));
      after = load(data, dataDoubles, kind, at, index);
    } else doubles[(slot + Slot.RESULT) >> 1] = before;
    this.#record(p, code, control[step + Slot.OBJECT], index, 0, 0, 0, 0, before, after);
    advance(control, slot);
  }

  /** A read or a write of an element under total store order. */
  #accessBuffered(p: number, slot: number, step: number, code: number): void {
    const { control, data, dataDoubles, doubles } = this.#board;
    const element = control[step + Slot.ELEMENT];
    const kind = elementKinds[element];
    const object = control[step + Slot.OBJECT];
    const at = control[step + Slot.AT];
    const index = control[step + Slot.INDEX];
    const buffer = slotOf(p + this.#processes);
    const latest = latestIn(control, buffer, object, index);
    const before =
      latest < 0 ? load(data, dataDoubles, kind, at, index) : doubles[(latest + Slot.VALUE) >> 1];
    let after = before;
    let bits = latest < 0 ? 0 : Bit.BUFFERED;
    if (code === write.code) {
      after = coerce(kind, doubles[(step + Slot.VALUE) >> 1]);
      const line = control[slot + Slot.LINE];
      const column = control[slot + Slot.COLUMN];
      announce(control, doubles, buffer, flush.code, object, at, index, line, column, element, after, 0);
      bits = Bit.BUFFERED;
    } else doubles[(slot + Slot.RESULT) >> 1] = before;
    this.#record(p, code, object, index, 0, 0, 0, bits, before, after);
    advance(control, slot);
  }

  /** The oldest write in buffer `p` reaches memory. */
  #flush(p: number, slot: number, step: number): void {
    const { control, data, dataDoubles, doubles } = this.#board;
    const kind = elementKinds[control[step + Slot.ELEMENT]];
    const at = control[step + Slot.AT];
    const index = control[step + Slot.INDEX];
    const before = load(data, dataDoubles, kind, at, index);
    const after = doubles[(step + Slot.VALUE) >> 1];
    save(data, dataDoubles, kind, at, index, after);
    control[slot + Slot.LINE] = control[step + Slot.ARGUMENT];
    control[slot + Slot.COLUMN] = control[step + Slot.SECOND];
    this.#record(p, flush.code, control[step + Slot.OBJECT], index, 0, 0, 0, 0, before, after);
    advance(control, slot);
  }

  /** Process `k` - `#killers` is killed. The record says what it was about to do. */
  #kill(k: number, slot: number): void {
    const { control } = this.#board;
    const victim = slotOf(k - this.#killers);
    const about = standsAt(control, victim);
    const code = control[about + Slot.OPERATION];
    const object = control[about + Slot.OBJECT];
    const index = control[about + Slot.INDEX];
    this.kills.kill(k);
    this.#record(k, killed.code, -1, index, code, object, 0, 0, 0, 0);
    advance(control, slot);
  }

  /** Who moves next; -1 where nobody does, and then the run is over. */
  #pick(): number {
    const { strategy } = this.#board;
    const control = this.#control;
    const movers = this.#movers;
    const current = control[Run.LAST];
    const step = control[Run.STEPS];
    movers.see(step, current);
    const { enabled } = movers;
    let count = movers.count(current);
    if (step === 0 && this.#hasCrashed()) return -1;
    if (count === 0) {
      if (!movers.anyStands()) return -1;
      const killer = this.#unlessKilled(step);
      if (killer < 0) end(this.#board, Ending.DEADLOCK, current);
      return killer;
    }
    if (step === 0 && !this.#sameLayout()) {
      end(this.#board, Ending.LAYOUT, control[Run.LAST]);
      return -1;
    }
    if (step >= this.#stepBound) {
      end(this.#board, Ending.BOUND, control[Run.LAST]);
      return -1;
    }
    let next = -1;
    if (this.#killers < MAX_MODELLED) {
      if (this.kills.chosen) count = this.kills.addTo(enabled, count);
      else next = this.kills.drawn(step);
    }
    if (next < 0) {
      next =
        step < this.#strategyBound
          ? this.#strategy.next(
              strategy,
              enabled,
              count,
              movers.currentCan === 1 ? current : -1,
              step,
              this.#announced,
            )
          : enabled[below(control, Run.TAIL, count)];
    }
    if (next < 0) {
      end(this.#board, Ending.UNFIT, control[Run.LAST]);
      return -1;
    }
    // A buffer that rests before it is empty does not count; to kill does, so that nobody is killed without need.
    const preempts = movers.currentCan & Number(next !== current) & Number(current < this.#processes);
    control[Run.PREEMPTED] = preempts | movers.kills(next);
    control[Run.LAST] = next;
    return next;
  }

  /** Nobody can go on: who kills now, or -1 where nobody does. */
  #unlessKilled(step: number): number {
    const { control, strategy } = this.#board;
    if (!this.kills.chosen || step === 0 || step >= this.#stepBound) return -1;
    const count = this.kills.addTo(this.#movers.enabled, 0);
    if (count === 0) return -1;
    const killer = this.#strategy.next(strategy, this.#movers.enabled, count, STUCK, step, this.#announced);
    if (killer >= 0) {
      control[Run.PREEMPTED] = 1;
      control[Run.LAST] = killer;
    }
    return killer;
  }

  /** Whether a role has crashed before the first step: then the run is over. Later a crash ends it at once. */
  #hasCrashed(): boolean {
    const control = this.#control;
    for (let p = 0; p < this.#processes; p++) {
      const slot = slotOf(p);
      if (control[slot + Slot.STATUS] !== Status.CRASHED) continue;
      end(this.#board, control[slot + Slot.CAUSE], p); // the lowest-numbered one is reported
      return true;
    }
    return false;
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
    if (control[Run.STEPS] >= this.#strategyBound) return below(control, Run.TAIL, ways);
    const way = this.#strategy.choose(board.strategy, ways);
    if (way < 0) end(this.#board, Ending.UNFIT, control[Run.LAST]);
    return way;
  }

  #record(
    p: number,
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
    const { trace, traceDoubles } = this.#board;
    const control = this.#control;
    const at = control[Run.STEPS]++ * RECORD_WORDS;
    trace[at + Field.PROCESS] = p;
    trace[at + Field.OPERATION] = operation;
    trace[at + Field.OBJECT] = object;
    trace[at + Field.INDEX] = index;
    trace[at + Field.ARGUMENT] = argument;
    trace[at + Field.SECOND] = second;
    trace[at + Field.RESULT] = result;
    trace[at + Field.BITS] = bits | control[Run.PREEMPTED];
    traceDoubles[(at + Field.BEFORE) >> 1] = before;
    traceDoubles[(at + Field.AFTER) >> 1] = after;
    const slot = slotOf(p);
    trace[at + Field.LINE] = this.#positions ? control[slot + Slot.LINE] : 0;
    trace[at + Field.COLUMN] = this.#positions ? control[slot + Slot.COLUMN] : 0;
    trace[at + Field.MORE] = 0;
    trace[at + Field.LAST] = 0;
  }
}
