// How a process waits. A controlled, a free and (later) a modelled run differ in this and in nothing else.
import type { Operation } from './operation.ts';

/** A shared object as one process knows it. Every process numbers and places the objects alike. */
export interface Shared {
  /** Its number, in the order of creation. */
  readonly id: number;
  /** `semaphore`, `int32`, `float64Array` … */
  readonly kind: string;
  /** The kind of its elements: a place in `elementKinds` (element.ts); -1 where it has none. */
  readonly element: number;
  /** Its first word; see the head in operation.ts. */
  readonly at: number;
  /** Number of elements, for arrays; of messages, for what holds them; 1 otherwise. */
  readonly length: number;
  /** Of what holds messages: words of one. */
  readonly words?: number;
  /** It is one of several that a handle stands for: which one. */
  readonly part?: { readonly of: number; readonly name: string; readonly owner: number };
  /** What happens to it when a process is killed that holds it, or waits at it. Default: nothing. */
  readonly onDeath?: Operation;
}

/** What was received: a number, or several. */
export type Message = number | readonly number[];

export interface Way {
  /**
   * Takes one step and returns its result. Blocks until the operation is ready. `second` is the time-out in
   * milliseconds of a timed operation, and the second argument of others.
   */
  step(operation: Operation, object: Shared, argument: number, second?: number): number;
  /** The same, for operations whose result says whether something happened: false for 0. */
  test(
    operation: Operation,
    object: Shared,
    argument: number,
    second?: number,
    more?: number,
    last?: number,
  ): boolean;
  /** Takes a step that has no result. It may be taken after the call has returned, in its place among the steps. */
  act(operation: Operation, object: Shared, argument: number, more?: number, last?: number): void;
  /** Receives a message, and returns it without its first `skip` words; undefined where the result is not 1. */
  receive(
    operation: Operation,
    object: Shared,
    argument: number,
    second: number,
    skip: number,
  ): Message | undefined;
  /** Begins a step whose result is asked for later, by `told`; only `act` may come in between. */
  ask(operation: Operation, object: Shared, argument: number, second?: number): void;
  /** The result of what was asked: false for 0. */
  told(): boolean;
  /** Reads element `index` of a cell (index 0) or an array. */
  read(object: Shared, index: number): number;
  /** The same, for truth values. */
  readTruth(object: Shared, index: number): boolean;
  /** Writes element `index` of a cell (index 0) or an array. */
  write(object: Shared, index: number, value: number): void;
  /**
   * Takes a step on a kernel object: `call` makes the system call, and its result is returned. Where it gives `NOT_YET`
   * that is a step too, and the process tries again once another one has touched the object.
   */
  attempt(operation: Operation, object: Shared, argument: number, call: () => number): number;
  /** Reports a misuse of `object`, or of element `index` of it, by the caller. Does not return. */
  misuse(object: Shared, message: string, index?: number): never;
  /** Passes time: orders nothing. */
  pause(milliseconds: number): void;
  /** The bare typed array over the elements, where accesses are no steps (free runs); else undefined. */
  bare(object: Shared): ArrayLike<number> | undefined;
}
