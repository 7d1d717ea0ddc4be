// The third way to wait: a modelled role does not block, it yields. A step is announced as in a controlled run; where
// the role needs its result, or has no room to run ahead, the suspension says so, and the twin of the role yields.

import type { ActorWay } from '../process/actor.ts';
import { announce, mayGoAhead } from '../process/announced.ts';
import type { Board } from '../process/board.ts';
import { QUEUE_LENGTH, Slot, slotOf } from '../process/control.ts';
import { sayFor } from '../process/ending.ts';
import { resetTicks } from '../process/ticks.ts';
import { OutsideRole } from '../shared/arena.ts';
import type { Operation } from '../shared/operation.ts';
import type { Message, Shared } from '../shared/way.ts';
import { messageIn } from '../sync/messages.ts';
import { plainOperations } from '../sync/operations.ts';
import { Pending } from './suspend.ts';
import type { TwinRuntime } from './twin/runtime.ts';

const { read, write, event, pause, misuse } = plainOperations;

/** What a suspended role is given when it goes on. */
export const Wants = { NOTHING: 0, NUMBER: 1, TRUTH: 2, TIME: 3, MESSAGE: 4 } as const;

/** Announced steps at which a role is suspended although it waits for nothing; a call may still add a few. */
const FULL = QUEUE_LENGTH - 8;

export class ModelWay implements ActorWay {
  readonly #control: Int32Array;
  readonly #doubles: Float64Array;
  readonly #board: Board;
  readonly #me: number;
  readonly #slot: number;
  readonly #suspension: TwinRuntime;
  /** Whether there may be steps: the role has begun. */
  open = false;
  /** Steps announced in this run. */
  announced = 0;
  /** One of `Wants`. */
  wants: number = Wants.NOTHING;
  /** Where the object lies from which it waits for a message, and how many words of that it does not ask for. */
  #at = 0;
  #skip = 0;

  constructor(board: Board, me: number, suspension: TwinRuntime) {
    this.#board = board;
    this.#control = board.control;
    this.#doubles = board.doubles;
    this.#me = me;
    this.#slot = slotOf(me);
    this.#suspension = suspension;
  }

  step(operation: Operation, object: Shared, argument: number, second = 0): number {
    this.ask(operation, object, argument, second);
    return this.#suspend(Wants.NUMBER) as number;
  }

  test(operation: Operation, object: Shared, argument: number, second = 0, more = 0, last = 0): boolean {
    this.#announce(operation.code, object.id, object.at, 0, argument, second, more, last, 1);
    return this.#suspend(Wants.TRUTH) as boolean;
  }

  receive(operation: Operation, object: Shared, argument: number, second: number, skip: number): Message {
    this.ask(operation, object, argument, second);
    this.#at = object.at;
    this.#skip = skip;
    return this.#suspend(Wants.MESSAGE) as Message;
  }

  /** What `receive` gives once its step was taken. */
  get message(): Message {
    return messageIn(this.#board.data, this.#at, this.#me, this.#skip);
  }

  attempt(): never {
    throw new Error('a modelled process asked the kernel for something');
  }

  act(operation: Operation, object: Shared, argument: number, more = 0, last = 0): void {
    this.#announce(operation.code, object.id, object.at, 0, argument, 0, more, last, 0);
  }

  ask(operation: Operation, object: Shared, argument: number, second = 0): void {
    this.#announce(operation.code, object.id, object.at, 0, argument, second, 0, 0, 1);
  }

  told(): boolean {
    return this.#suspend(Wants.TRUTH) as boolean;
  }

  read(object: Shared, index: number): number {
    this.#announce(read.code, object.id, object.at, index, 0, 0, object.element, 0, 1);
    return this.#suspend(Wants.NUMBER) as number;
  }

  readTruth(object: Shared, index: number): boolean {
    this.#announce(read.code, object.id, object.at, index, 0, 0, object.element, 0, 1);
    return this.#suspend(Wants.TRUTH) as boolean;
  }

  write(object: Shared, index: number, value: number): void {
    this.#announce(write.code, object.id, object.at, index, 0, 0, object.element, value, 0);
  }

  event(number: number, value: number): void {
    this.#announce(event.code, number, 0, 0, value, 0, 0, 0, 0);
  }

  pause(milliseconds: number): void {
    this.#announce(pause.code, -1, 0, 0, milliseconds | 0, 0, 0, 0, 0);
  }

  misuse(object: Shared, message: string, index = 0): never {
    this.#announce(misuse.code, object.id, object.at, index, 0, 0, 0, 0, 1);
    sayFor(this.#me, this.#board, message);
    // The run ends before the role goes on, so it is stopped wherever it looks next, as for want of room.
    this.#suspension.pending = Pending.ROOM;
    return undefined as never;
  }

  /** The role asks what time it is: steps taken so far, once its own have been. */
  time(now: number): number {
    return this.#control[this.#slot + Slot.ANNOUNCED] > 0 ? (this.#suspend(Wants.TIME) as number) : now;
  }

  bare(): undefined {
    return undefined;
  }

  /** Returns what the step returns for the time being. */
  #suspend(wants: number): unknown {
    this.wants = wants;
    this.#suspension.pending = Pending.STEP;
    return this.#suspension.token;
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
    if (!this.open) throw new OutsideRole();
    const { pending } = this.#suspension;
    if (pending !== Pending.NONE && !(pending === Pending.ROOM && mayGoAhead(this.#control, this.#slot))) {
      this.#suspension.lost('a step where the model cannot be suspended');
    }
    this.announced++;
    announce(
      this.#control,
      this.#doubles,
      this.#slot,
      operation,
      object,
      at,
      index,
      argument,
      second,
      element,
      value,
      listens,
    );
    if (this.#control[this.#slot + Slot.ANNOUNCED] < FULL) resetTicks();
    else this.#suspension.pending = Pending.ROOM; // where nobody looks, a few more steps do no harm
  }
}
