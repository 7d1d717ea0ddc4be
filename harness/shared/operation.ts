// What a step does. An operation is pure over the words of one object: whether it may happen now (`ready`),
// and what it changes (`take`). How a process waits until it is ready is not said here: see way.ts.

/** The words of all shared objects of a run; an object begins at word `at`. */
export type Words = Int32Array;

/**
 * The head of every object, in words:
 *
 * | offset | meaning                                                    |
 * | ------ | ---------------------------------------------------------- |
 * | 0      | the word: what the tables of guarded transitions are about |
 * | 1      | sleepers: processes in futex(2) on it (free runs only)     |
 * | 2      | lock of the record (free runs, records only)               |
 * | 3      | changes of the record so far (free runs, records only)     |
 * | 4 …    | the record, or the elements of an array                    |
 */
export const HEAD = 4;
export const SLEEPERS = 1;
export const RECORD_LOCK = 2;
export const CHANGES = 3;

export interface Operation {
  /** Its number in traces: its place in `sync/operations.ts`. */
  code: number;
  /** The kind of object it works on: `semaphore`. */
  readonly on: string;
  /** The POSIX verb: `wait`. */
  readonly name: string;
  /**
   * `word`: only word 0 is read and changed, so one compare-and-swap takes it. `record`: more than that. `kernel`: what
   * happens is the kernel's doing, and the words only say who has to wait.
   */
  readonly span: 'word' | 'record' | 'kernel';
  /** Says what rule the caller breaks by this call, if any; checked when the step is taken. */
  misuse?(m: Words, at: number, me: number, argument: number): string | undefined;
  /** May it happen now? `false` is *not yet*. */
  ready(m: Words, at: number, me: number, argument: number): boolean;
  /**
   * Changes the words and returns what the caller gets. Called only when `ready`. `second` is the way chosen, for
   * operations with several (`choices`); else the second argument. `more` and `last` are further words of what is sent.
   */
  take(
    m: Words,
    at: number,
    me: number,
    argument: number,
    second: number,
    more?: number,
    last?: number,
  ): number;
  /** In how many ways it can be taken now; more than one is a choice of the schedule. Default: one. */
  choices?(m: Words, at: number, me: number, argument: number): number;
  /** Present on timed operations: not ready, it may still be taken, as a time-out. */
  giveUp?(m: Words, at: number, me: number, argument: number): number;
  /** How many sleepers a change must wake: one where any one can use it, else all. Default: all. */
  readonly wakes?: 'one' | 'all' | 'none';
  /**
   * The step that the same call takes next, if any, given the result of this one, which becomes its argument. The
   * call's result is that of its last step.
   */
  follow?(result: number): Operation | undefined;
  /** Operations on messages: it sends one, or receives one where its result is 1. */
  readonly carries?: 'out' | 'in';
  /** It changes nothing: two of them commute. */
  readonly observes?: boolean;
  /** It follows from the death of a process, which is the caller: `ready` says whether there is something to do. */
  readonly ofDeath?: boolean;
  /** Kernel objects: what a call is given, as it stands between its parentheses. Default: nothing. */
  given?(argument: number): string;
  /** Kernel objects: what a call gave, in words, given its argument and a result from 0. Default: nothing. */
  shows?(argument: number, result: number): string;
  /** Kernel objects: the operation by which others would let go what this one waits for: `writer.close`. */
  readonly until?: string;
  /** The operation by which others come to have that: `openWriter`. Default: all have it from the beginning, as after fork(2). */
  readonly since?: string;
  /** Kernel objects: what others do may reach it later, on its own, so that to sleep for it does not mean to wait in vain. */
  readonly late?: boolean;
  /**
   * Kernel objects: how many units the caller holds more once a call has succeeded: 1 for `lock` and `wait`, -1 for
   * `unlock` and `post`. Default: it says nothing about who holds what.
   */
  readonly units?: number;
  /** Where the operation is a shift, and nothing but that: free runs take it without calling anything. */
  readonly shift?: Shift;
}

/** The simplest of rows, as data: a word from `least` to `most` becomes that word plus `by`. */
export interface Shift {
  readonly least: number;
  readonly most: number;
  readonly by: number;
}

/** A transition table's row over a single word, pure. */
export interface WordRow {
  ready?(w: number, me: number, argument: number): boolean;
  next(w: number, me: number, argument: number): number;
  result?(w: number, me: number, argument: number): number;
  misuse?(w: number, me: number, argument: number): string | undefined;
  follow?(result: number): Operation | undefined;
  wakes?: 'one' | 'all' | 'none';
  observes?: boolean;
}

/** The `ready` of what may always be taken. */
export const always = (): boolean => true;
const nothing = (): number => 0;

/** Makes an operation of a row over a single word. */
export function onWord(on: string, name: string, row: WordRow): Operation {
  const { next, misuse, follow, observes } = row;
  const { ready } = row;
  const result = row.result ?? nothing;
  return {
    code: -1,
    on,
    name,
    span: 'word',
    wakes: row.wakes ?? 'all',
    ...(follow && { follow }),
    ...(observes && { observes }),
    ready: ready === undefined ? always : (m, at, me, argument) => ready(m[at], me, argument),
    take: (m, at, me, argument) => {
      const w = m[at];
      m[at] = next(w, me, argument);
      return result(w, me, argument);
    },
    ...(misuse && {
      misuse: (m: Words, at: number, me: number, argument: number) => misuse(m[at], me, argument),
    }),
  };
}

/** Makes an operation of a shift. Outside its range it is *not yet*, or misuse where `complaint` says so. */
export function shifting(
  on: string,
  name: string,
  shift: Shift,
  rest: { wakes: 'one' | 'all' | 'none'; complaint?: string },
): Operation {
  const { least, most, by } = shift;
  const { wakes, complaint } = rest;
  const within = (w: number): boolean => w >= least && w <= most;
  return {
    ...onWord(on, name, {
      next: (w) => w + by,
      wakes,
      ...(complaint === undefined
        ? { ready: within }
        : { misuse: (w: number) => (within(w) ? undefined : complaint) }),
    }),
    shift,
  };
}

/** The `try…` form: never waits; the result says whether it happened (1) or not (0). */
export function attempt(base: Operation, name: string): Operation {
  const { shift: _, ...rest } = base; // its result is another one
  return {
    ...rest,
    name,
    ready: always,
    take: (m, at, me, argument, second) => {
      if (!base.ready(m, at, me, argument)) return 0;
      base.take(m, at, me, argument, second);
      return 1;
    },
  };
}

/** The timed form: waits, but may give up; the result says whether it happened (1) or not (0). */
export function timed(
  base: Operation,
  name: string,
  leave: (m: Words, at: number, me: number) => void = nothing,
): Operation {
  const { shift: _, ...rest } = base;
  return {
    ...rest,
    name,
    take: (m, at, me, argument, second) => {
      base.take(m, at, me, argument, second);
      return 1;
    },
    giveUp: (m, at, me) => {
      leave(m, at, me);
      return 0;
    },
  };
}
