// What the author of a problem writes, and what `solve` asks of a student.
import type { FaultModel } from './faults.ts';
import type { Model } from './model.ts';
import type { CaseOf, Parameter } from './parameter.ts';

/** What is remembered: numbers, texts and truth values. */
export type Memories = readonly (number | string | boolean | undefined)[];

/** The outside world as a role's `me` reaches it. */
export interface World<Event extends string = string> {
  /** Reports an event of the problem. It is a step; `value` is a 32-bit integer. */
  event(name: Event, value?: number): void;
  /**
   * Something that takes a while: reports that it begins and that it ends, in two steps, with the same `value`.
   * A process is inside one thing at a time, and out again before its role ends.
   */
  during(begins: Event, ends: Event, value?: number): void;
  /** Passes time; a step that orders nothing. */
  think(): void;
  /** What a role goes over in a loop: `next` makes an element when the loop asks for it; undefined where there is none. */
  each<T>(next: () => T | undefined): Iterable<T>;
  /** An unpredictable whole number from 1 to `below` - 1 (at most 2^31), the same in every replay. */
  random(below: number): number;
  /**
   * Says all that `me` remembers from one call to the next, apart from random numbers: `() => [made, open]`, or `() => []`
   * if nothing. A proof then knows a process again that has come to the same point by another way; without it, whatever
   * the process was ever told tells it apart. What is left out here makes proofs wrong.
   */
  remembers(what: () => Memories): void;
}

/** Roles by name: how many processes play each in a case. */
export type Counts<C> = Readonly<Record<string, (c: C) => number>>;

/** What one process of each role is given: made afresh for each run from the case and its number in the role. */
export type Parts<C, R extends string, E extends string> = Readonly<
  Record<R, (c: C, number: number, world: World<E>) => object>
>;

/** What is known of when others see a write. */
export type Memory = 'tso';

export interface Problem<
  P extends Readonly<Record<string, Parameter>> = Readonly<Record<string, Parameter>>,
  R extends string = string,
  M extends Readonly<Record<R, (...args: never[]) => object>> = Readonly<
    Record<R, (...args: never[]) => object>
  >,
> {
  /** The folder's name. */
  readonly id: string;
  readonly title: string;
  /** 1 (a first exercise) to 5 (hard). */
  readonly level: number;
  /** One sentence for lists. */
  readonly summary: string;
  readonly parameters: P;
  /** Which combinations of parameters make sense. Default: all. */
  readonly sensible?: (c: CaseOf<P>) => boolean;
  readonly roles: Readonly<Record<R, (c: CaseOf<P>) => number>>;
  readonly me: M;
  readonly specification: Model<never, CaseOf<P>>;
  /** Kinds of objects that solutions may not use, each with the reason: `{ rwlock: '…' }`. */
  readonly forbidden?: Readonly<Record<string, string>>;
  /** Mechanisms by which processes may communicate in solutions: `pipe`, `channel`. Default: none. */
  readonly mechanisms?: readonly string[];
  /**
   * How controlled runs see plain cells and arrays: `tso`, total store order, gives each process a store buffer, as x86
   * processors do. Default: every write is seen by all at once.
   */
  readonly memory?: Memory;
  /** Processes that are killed, at any of their steps, and conditions that wake for no reason. Default: none. */
  readonly faults?: FaultModel<CaseOf<P>, R>;
  /** `allowed`: data races are not held against solutions, since they are what the problem is about. Default: they are. */
  readonly races?: 'allowed';
  /** The case of speed measurements, and what is counted: `meals`. */
  readonly speed: {
    readonly case: CaseOf<P>;
    readonly unit: string;
    readonly count: (c: CaseOf<P>) => number;
  };
}

/**
 * Defines a problem. Types flow from `parameters` and `roles` into everything else.
 * @returns the definition as it was given.
 */
export function problem<
  const P extends Readonly<Record<string, Parameter>>,
  const R extends string,
  E extends string,
  S,
  M extends { readonly [K in R]: (c: CaseOf<P>, number: number, world: World<E>) => object },
>(definition: {
  readonly id: string;
  readonly title: string;
  readonly level: number;
  readonly summary: string;
  readonly parameters: P;
  readonly sensible?: (c: CaseOf<P>) => boolean;
  readonly roles: Readonly<Record<R, (c: CaseOf<P>) => number>>;
  readonly specification: Model<S, CaseOf<P>> & { readonly events: Readonly<Record<E, unknown>> };
  readonly me: M;
  readonly forbidden?: Readonly<Record<string, string>>;
  readonly mechanisms?: readonly string[];
  readonly memory?: Memory;
  readonly faults?: FaultModel<CaseOf<P>, NoInfer<R>>;
  readonly races?: 'allowed';
  readonly speed: Problem<P>['speed'];
}): Problem<P, R, M> {
  return definition as unknown as Problem<P, R, M>;
}

/** A problem of which nothing particular is known. */
export interface AnyProblem
  extends Omit<Problem, 'specification' | 'me' | 'roles' | 'sensible' | 'speed' | 'faults'> {
  readonly sensible?: (c: Case) => boolean;
  readonly roles: Readonly<Record<string, (c: Case) => number>>;
  readonly me: Readonly<Record<string, (c: Case, number: number, world: World) => object>>;
  readonly specification: Model<unknown, Case>;
  readonly faults?: FaultModel<Case>;
  readonly speed: { readonly case: Case; readonly unit: string; readonly count: (c: Case) => number };
}

/** One concrete choice of parameters, by name. */
export type Case = Readonly<Record<string, number>>;
