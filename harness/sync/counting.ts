// What all semaphores have in common, whatever their operations do to the count.
import { duration } from '../shared/duration.ts';
import { type Operation, onWord } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';

/** The largest count, as POSIX's SEM_VALUE_MAX. */
export const SEMAPHORE_MAX = 2 ** 31 - 1;

/** What a post is told that would go beyond it. */
export const PAST = `post past the maximum of ${SEMAPHORE_MAX}`;

/** The complaint about a post at the count `n`, if there is one. */
export const overflow = (n: number): string | undefined => (n === SEMAPHORE_MAX ? PAST : undefined);

/** The operation that reads the count: each table has one of its own, with a code of its own. */
export const counter = (): Operation =>
  onWord('semaphore', 'value', {
    next: (n) => n,
    result: (n) => n,
    wakes: 'none',
    observes: true,
  });

/** A counting semaphore that all processes of the run see. */
export interface Semaphore {
  /** Takes a unit; blocks while there is none (sem_wait(3)). */
  wait(): void;
  /** Takes a unit if there is one; says whether it did. Never blocks (sem_trywait(3)). */
  tryWait(): boolean;
  /** Takes a unit; gives up after `milliseconds` and returns false (sem_timedwait(3)). */
  timedWait(milliseconds: number): boolean;
  /** Adds a unit. Past 2^31 - 1 it is misuse (sem_post(3)). */
  post(): void;
  /** The units now; another process may change it at once (sem_getvalue(3)). */
  readonly value: number;
}

/** What a semaphore's calls do. */
type Operations = Readonly<Record<'wait' | 'tryWait' | 'timedWait' | 'post' | 'count', Operation>>;

/** A semaphore whose calls are these operations. */
export class Counting implements Semaphore {
  readonly #object: Shared;
  readonly #way: Way;
  readonly #operations: Operations;
  constructor(object: Shared, way: Way, operations: Operations) {
    this.#object = object;
    this.#way = way;
    this.#operations = operations;
  }
  wait(): void {
    this.#way.act(this.#operations.wait, this.#object, 0);
  }
  tryWait(): boolean {
    return this.#way.test(this.#operations.tryWait, this.#object, 0);
  }
  timedWait(milliseconds: number): boolean {
    return this.#way.test(this.#operations.timedWait, this.#object, 0, duration(milliseconds));
  }
  post(): void {
    this.#way.act(this.#operations.post, this.#object, 0);
  }
  get value(): number {
    return this.#way.step(this.#operations.count, this.#object, 0);
  }
}

sealed(Counting);
