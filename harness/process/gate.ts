// The gate: controlled runs without a central scheduler.
//
// A process announces the step it is about to take. Where the step gives a result, it goes no further until it has
// one. Then every process stands at its gate, its step announced, but the one that moves: it drives, deciding who is
// next and taking the announced steps of all, its own and the others', until a role whose step was taken must go on.
// If that is its own it does, with no system call. If not, it gives the other one its turn and waits. Nobody enabled
// and somebody not done is a deadlock, known at once. The strategy's state lies in shared memory, so it goes on
// wherever it is.
//
// Invariant: at any moment at most one process of the run moves, but before the first step, where all are on their
// way to their first gate and none has touched a shared object; the last to arrive drives. Nothing that a role does
// between two steps can be seen by others, so it does not matter that it may happen before its earlier steps are
// taken: see docs/decisions/roles-run-ahead.md.

import { OutsideRole } from '../shared/arena.ts';
import * as atomic from '../shared/atomics.ts';
import { NOT_YET } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import type { Message, Shared, Way } from '../shared/way.ts';
import { messageIn } from '../sync/messages.ts';
import { plainOperations } from '../sync/operations.ts';
import { announce, mayGoAhead, resultOf } from './announced.ts';
import type { Board } from './board.ts';
import { Ending, Flag, Run, Slot, Status, slotOf, Turn } from './control.ts';
import { Driver } from './driver.ts';
import { end, hasLeft, leave, say, shut } from './ending.ts';
import { position } from './position.ts';
import { resetTicks } from './ticks.ts';

const { read, write, event, pause, misuse } = plainOperations;

/** How often a waiting process lets others run before it sleeps. */
const YIELDS = 2;

export class Gate implements Way {
  readonly #board: Board;
  readonly #slot: number;
  readonly #driver: Driver;
  #processes = 0;
  #arrived = false;
  #positions = false;
  #exact = false;
  #open = false;

  constructor(board: Board) {
    this.#board = board;
    this.#slot = slotOf(board.me);
    this.#driver = new Driver(board);
  }

  /** A new run begins. */
  begin(): void {
    const { control } = this.#board;
    this.#processes = control[Run.PROCESSES];
    this.#positions = (control[Run.FLAGS] & Flag.POSITIONS) !== 0;
    this.#exact = (control[Run.FLAGS] & (Flag.POSITIONS | Flag.EXACT)) !== 0;
    this.#arrived = false;
    this.#open = false;
    this.#driver.begin();
  }

  /** The objects that `share` has created. */
  set objects(objects: readonly Shared[]) {
    this.#driver.kills.objects = objects;
  }

  /** Closes what this process has open of kernel objects. */
  set letGo(close: () => void) {
    this.#driver.kills.letGo = close;
  }

  /** Whether this process was killed in the run. */
  get isKilled(): boolean {
    return this.#board.control[this.#slot + Slot.STATUS] === Status.KILLED;
  }

  /** The role begins: from here on there may be steps. */
  open(): void {
    this.#open = true;
  }

  step(operation: Operation, object: Shared, argument: number, second = 0): number {
    this.ask(operation, object, argument, second);
    this.settle();
    return resultOf(this.#board.doubles, this.#slot);
  }

  test(operation: Operation, object: Shared, argument: number, second = 0, more = 0, last = 0): boolean {
    this.#announce(operation.code, object.id, object.at, 0, argument, second, more, last, 1);
    return this.told();
  }

  act(operation: Operation, object: Shared, argument: number, more = 0, last = 0): void {
    this.#announce(operation.code, object.id, object.at, 0, argument, 0, more, last, 0);
    this.#goAhead();
  }

  receive(
    operation: Operation,
    object: Shared,
    argument: number,
    second: number,
    skip: number,
  ): Message | undefined {
    if (this.step(operation, object, argument, second) !== 1) return undefined;
    return messageIn(this.#board.data, object.at, this.#board.me, skip);
  }

  ask(operation: Operation, object: Shared, argument: number, second = 0): void {
    this.#announce(operation.code, object.id, object.at, 0, argument, second, 0, 0, 1);
  }

  told(): boolean {
    this.settle();
    return resultOf(this.#board.doubles, this.#slot) !== 0;
  }

  read(object: Shared, index: number): number {
    this.#announce(read.code, object.id, object.at, index, 0, 0, object.element, 0, 1);
    this.settle();
    return resultOf(this.#board.doubles, this.#slot);
  }

  readTruth(object: Shared, index: number): boolean {
    return this.read(object, index) !== 0;
  }

  write(object: Shared, index: number, value: number): void {
    this.#announce(write.code, object.id, object.at, index, 0, 0, object.element, value, 0);
    this.#goAhead();
  }

  attempt(operation: Operation, object: Shared, argument: number, call: () => number): number {
    for (;;) {
      this.ask(operation, object, argument);
      this.settle();
      const given = call();
      this.#driver.attempted(operation, object, argument, given);
      if (given !== NOT_YET) return given;
    }
  }

  /** An event of the problem's world. */
  event(number: number, value: number): void {
    this.#announce(event.code, number, 0, 0, value, 0, 0, 0, 0);
    this.#goAhead();
  }

  pause(milliseconds: number): void {
    this.#announce(pause.code, -1, 0, 0, milliseconds | 0, 0, 0, 0, 0);
    this.#goAhead();
  }

  misuse(object: Shared, message: string, index = 0): never {
    const at = position();
    this.#announce(misuse.code, object.id, object.at, index, 0, 0, 0, 0, 1);
    say(this.#board, message, at);
    this.settle();
    return leave(this.#board);
  }

  bare(): undefined {
    return undefined;
  }

  /** The role has ended, well or by a crash. What it has announced is still taken in its turn. */
  done(status: number): void {
    const { control } = this.#board;
    if (control[Run.STATE] !== Ending.RUNNING || this.isKilled) return;
    control[this.#slot + Slot.ENDED] = status;
    if (control[this.#slot + Slot.ANNOUNCED] === 0) {
      control[this.#slot + Slot.STATUS] = status;
      if (this.#arrived && status === Status.CRASHED) {
        end(this.#board, control[this.#slot + Slot.CAUSE]);
        return;
      }
    }
    const drives = this.#arrived || this.#isLast();
    this.#arrived = true;
    if (drives) {
      const next = this.#driver.drive();
      if (next >= 0) this.#giveTurn(next);
    }
    if (status === Status.CRASHED) this.#stay();
  }

  /**
   * The role has thrown ahead of its last steps. Until they are taken, which ends the run, nothing that it has open of kernel
   * objects may be closed: others could see that.
   */
  #stay(): void {
    const { control } = this.#board;
    if (control[Run.GRANTS] === 0) return;
    if (control[Run.STATE] === Ending.RUNNING && !this.isKilled) this.#awaitTurn();
    if (this.isKilled) this.#die();
  }

  /** Returns when all that this process has announced is taken. Leaves the run where it ends before that. */
  settle(): void {
    const board = this.#board;
    const { control, me } = board;
    const slot = this.#slot;
    if (control[slot + Slot.ANNOUNCED] === 0) return;
    let drives = true;
    if (!this.#arrived) {
      this.#arrived = true;
      drives = this.#isLast();
    }
    if (drives) {
      const next = this.#driver.drive();
      if (next !== me) {
        if (next >= 0) this.#giveTurn(next);
        if (this.isKilled) this.#die();
        if (control[Run.STATE] !== Ending.RUNNING) leave(board);
        this.#awaitTurn();
      }
    } else this.#awaitTurn();
    if (this.isKilled) this.#die();
    if (control[Run.STATE] !== Ending.RUNNING) leave(board); // the slot goes on saying what it waited for
    resetTicks();
  }

  /** After a step without a result: the role goes on, up to the next step that has one. */
  #goAhead(): void {
    if (this.#exact || !mayGoAhead(this.#board.control, this.#slot)) this.settle();
    else resetTicks();
  }

  #announce(
    operation: number,
    object: number,
    at: number,
    index: number,
    argument: number,
    second: number,
    element: number,
    value: number,
    listens: number,
  ): void {
    const board = this.#board;
    const { control, doubles } = board;
    const slot = this.#slot;
    if (control[Run.STATE] !== Ending.RUNNING || hasLeft()) leave(board);
    if (!this.#open) throw new OutsideRole();
    announce(control, doubles, slot, operation, object, at, index, argument, second, element, value, listens);
    if (this.#positions) {
      const { line, column } = position();
      control[slot + Slot.LINE] = line;
      control[slot + Slot.COLUMN] = column;
    }
  }

  /**
   * This process was killed: by a real SIGKILL where a run is played to be shown, or to be sure; else it leaves, and
   * takes no further step, which the others cannot tell from that. See docs/decisions/faults.md.
   */
  #die(): never {
    const { control, host } = this.#board;
    shut(true);
    const gone = this.#slot + Slot.LET_GO;
    if (control[Run.GRANTS] !== 0 && control[gone] === 0) {
      this.#driver.kills.letGo();
      atomic.store(control, gone, 1);
      host.wake(gone, 1);
    }
    if (!this.#exact) return leave(this.#board);
    if (atomic.add(control, Run.FINISHED, 1) === this.#processes - 1) host.wake(Run.FINISHED, 1);
    return host.exit();
  }

  #isLast(): boolean {
    return atomic.add(this.#board.control, Run.ARRIVED, 1) === this.#processes - 1;
  }

  #giveTurn(process: number): void {
    const { control, host } = this.#board;
    const turn = slotOf(process) + Slot.TURN;
    if (atomic.exchange(control, turn, Turn.GIVEN) === Turn.ASLEEP) host.wake(turn, 1);
  }

  /**
   * All processes of a team share one processor, so a wait begins by letting the others run: where the turn comes
   * back soon, that costs half of what sleeping and being woken do. Who waits for long sleeps.
   */
  #awaitTurn(): void {
    const { control, host } = this.#board;
    const turn = this.#slot + Slot.TURN;
    for (let i = 0; i < YIELDS && atomic.load(control, turn) === Turn.NONE; i++) host.yield();
    while (atomic.load(control, turn) !== Turn.GIVEN) {
      if (atomic.compareExchange(control, turn, Turn.NONE, Turn.ASLEEP) !== Turn.GIVEN) {
        host.wait(turn, Turn.ASLEEP);
      }
    }
    control[turn] = Turn.NONE;
  }
}
