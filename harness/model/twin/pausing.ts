// What the parts of the twins' runtime need of it.
import type { Suspension } from '../suspend.ts';

export type Coroutine = Generator<undefined, unknown, unknown>;

export interface Pausing extends Suspension {
  readonly token: object;
  /** The student's own `yield`: what it gives. */
  given: unknown;
  /** What the student's `return(value)` gives a suspended generator. */
  returned: unknown;
  /** Leaves a coroutine behind for whoever has called. */
  enter(call: Coroutine): unknown;
  /** Leaves a coroutine behind that waits for what `v` stands for and goes on with `then`. */
  pursue(v: unknown, then: (value: unknown) => unknown): unknown;
  /** The value that `v` stands for, once the role may go on. */
  settled(v: unknown): Coroutine;
  /** After what must not have stepped. */
  sure(v: unknown): unknown;
  /** After an assignment. */
  went(v: unknown): Coroutine;
  /** An exception comes by: throws Unmodelled where it would be another one in the original. */
  caught(e: unknown): void;
  /** The run says nothing. */
  lost(why: string): never;
}
