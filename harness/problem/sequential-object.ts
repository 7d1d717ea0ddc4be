// An object as a single process alone would know it: what each operation does, and what it returns. Objects that
// several processes use at once are held against one of these.

/** An operation on an object. Arguments and results are 32-bit integers; what they stand for is the object's business. */
export interface Operation {
  /** The operation by name: `enqueue`. */
  readonly name: string;
  readonly argument: number;
  /** What it returned; undefined as long as it has not returned. */
  readonly result: number | undefined;
}

/** An operation with the time at which it was called and at which it returned; Infinity where it has not. */
export interface TimedOperation extends Operation {
  readonly called: number;
  readonly returned: number;
}

/** What may be left out of a history, so that it becomes shorter and says the same. */
export interface Omission {
  /** Whether the operation changes nothing if it returns this: it can be left out by itself. */
  readonly alone: (operation: Operation) => boolean;
  /**
   * Operations with the same number can be left out together: if the whole history could be explained, the rest
   * could be. Undefined for those that cannot be.
   */
  readonly together: (operation: Operation) => number | undefined;
  /** Whether, as long as the operation is in the history, nothing goes out that changes something. Default: none. */
  readonly pins?: (operation: Operation) => boolean;
}

/** What the operations of a history say about the states on the way to an order of them. */
export interface Knowledge<S> {
  /** Whether the history cannot be explained to its end from `state`. */
  hopeless(state: S): boolean;
  /** The key of a state; states that the rest of the history cannot tell apart may have the same. */
  key(state: S): string | number;
}

export interface SequentialObject<S = unknown> {
  /** With its article, for sentences: `a queue with 2 places`. */
  readonly name: string;
  readonly start: S;
  /** What an operation makes of `state`, which it leaves as it is, and what it returns. Pure; must not throw. */
  apply(state: S, name: string, argument: number): readonly [after: S, result: number];
  /** Two states are the same if and only if their keys are. */
  key(state: S): string | number;
  /** An operation in words: `dequeue() → 7`; without its result as long as it has none. */
  says(operation: Operation): string;
  /** Operations with different numbers never matter to each other. Default: all have the same. */
  partition?(name: string, argument: number): number;
  /** What can be said of states for one who knows the whole history. Without it the search may take very long. */
  knowing?(history: readonly TimedOperation[]): Knowledge<S>;
  /** What may be left out of a history when it is explained. Default: nothing. */
  readonly omission?: Omission;
}

/** A rule over all calls of a run: the object that the processes share must behave as `object` does. */
export interface Linearizable<C> {
  /** What a student reads when no order of the calls explains what they returned. Broken, it is `unsafe`. */
  readonly rule: string;
  readonly object: (c: C) => SequentialObject;
  /**
   * For each operation the event at which it is called, whose value is the argument, and the event at which it
   * returns, whose value is the result. A process is in one operation at a time.
   */
  readonly operations: Readonly<Record<string, { readonly called: string; readonly returned: string }>>;
}
