// Counting semaphores in three strengths. Barging is what futexes and POSIX give: the word is the count, and a
// newcomer may overtake one who was woken. The other two keep a queue, and a post passes its unit on to a waiter
// (the strengths as in Stark, "Semaphore primitives and starvation-free mutual exclusion", JACM 29(4), 1982).
import { arena, made, place } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import { always, attempt, type Operation, onWord, shifting, timed, type Words } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';
import { queueOperations } from './queue.ts';
import { undoSemaphore } from './undo.ts';
import { join, leave, longestWaiting, nthWaiting, placeWithWaiters, tell, told, waiting } from './waiters.ts';

/** `barging`: a newcomer may overtake. `handoff`: a post with waiters wakes one of them. `fifo`: the longest waiting. */
export type Strength = 'barging' | 'handoff' | 'fifo';

/** The largest count, as POSIX's SEM_VALUE_MAX. */
export const SEMAPHORE_MAX = 2 ** 31 - 1;

const past = `post past the maximum of ${SEMAPHORE_MAX}`;
const overflow = (n: number): string | undefined => (n === SEMAPHORE_MAX ? past : undefined);

const wait = shifting('semaphore', 'wait', { least: 1, most: SEMAPHORE_MAX, by: -1 }, { wakes: 'none' });
const tryWait = attempt(wait, 'tryWait');
const timedWait = timed(wait, 'timedWait');
const post = shifting(
  'semaphore',
  'post',
  { least: 0, most: SEMAPHORE_MAX - 1, by: 1 },
  { wakes: 'one', complaint: past },
);
const count = onWord('semaphore', 'value', {
  next: (n) => n,
  result: (n) => n,
  wakes: 'none',
  observes: true,
});

const granted: Operation = {
  code: -1,
  on: 'semaphore',
  name: 'granted',
  span: 'record',
  wakes: 'none',
  ready: told,
  take: (m, at, me) => {
    leave(m, at, me);
    return 1;
  },
};
const timedGranted = timed(granted, 'timedGranted', leave);

/** Takes a unit at once (1), or joins the queue (0); the wait then goes on as `granted`. */
const arrive: Operation = {
  code: -1,
  on: 'semaphore',
  name: 'wait',
  span: 'record',
  wakes: 'none',
  ready: always,
  take: (m, at, me) => {
    if (m[at] > 0) {
      m[at]--;
      return 1;
    }
    join(m, at, me);
    return 0;
  },
  follow: (result) => (result === 0 ? granted : undefined),
};

const timedArrive: Operation = {
  ...arrive,
  name: 'timedWait',
  follow: (result) => (result === 0 ? timedGranted : undefined),
};

const tryArrive: Operation = {
  ...arrive,
  name: 'tryWait',
  follow: () => undefined,
  take: (m, at) => {
    if (m[at] === 0) return 0;
    m[at]--;
    return 1;
  },
};

function pass(m: Words, at: number, to: number): number {
  if (to < 0) m[at]++;
  else tell(m, at, to);
  return 0;
}

const handoffPost: Operation = {
  code: -1,
  on: 'semaphore',
  name: 'post',
  span: 'record',
  misuse: (m, at) => overflow(m[at]),
  ready: always,
  choices: waiting,
  take: (m, at, _me, _argument, choice) => pass(m, at, nthWaiting(m, at, choice)),
};

const fifoPost: Operation = {
  code: -1,
  on: 'semaphore',
  name: 'post',
  span: 'record',
  misuse: (m, at) => overflow(m[at]),
  ready: always,
  take: (m, at) => pass(m, at, longestWaiting(m, at)),
};

export const semaphoreOperations = {
  wait,
  tryWait,
  timedWait,
  post,
  count,
  arrive,
  timedArrive,
  tryArrive,
  granted,
  timedGranted,
  handoffPost,
  fifoPost,
};

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

class Barging implements Semaphore {
  readonly #object: Shared;
  readonly #way: Way;
  constructor(object: Shared, way: Way) {
    this.#object = object;
    this.#way = way;
  }
  wait(): void {
    this.#way.act(wait, this.#object, 0);
  }
  tryWait(): boolean {
    return this.#way.test(tryWait, this.#object, 0);
  }
  timedWait(milliseconds: number): boolean {
    return this.#way.test(timedWait, this.#object, 0, duration(milliseconds));
  }
  post(): void {
    this.#way.act(post, this.#object, 0);
  }
  get value(): number {
    return this.#way.step(count, this.#object, 0);
  }
}

class Queued implements Semaphore {
  readonly #object: Shared;
  readonly #way: Way;
  readonly #post: Operation;
  constructor(object: Shared, way: Way, strength: 'handoff' | 'fifo') {
    this.#object = object;
    this.#way = way;
    this.#post = strength === 'fifo' ? fifoPost : handoffPost;
  }
  wait(): void {
    this.#way.act(arrive, this.#object, 0);
  }
  tryWait(): boolean {
    return this.#way.test(tryArrive, this.#object, 0);
  }
  timedWait(milliseconds: number): boolean {
    return this.#way.test(timedArrive, this.#object, 0, duration(milliseconds));
  }
  post(): void {
    this.#way.act(this.#post, this.#object, 0);
  }
  get value(): number {
    return this.#way.step(count, this.#object, 0);
  }
}

sealed(Barging, Queued);

/**
 * Creates a semaphore with `initial` units (0 to 2^31 - 1).
 * @param options.strength who gets a unit that is posted while others wait. Default `barging`.
 * @param options.undo whether the death of a process undoes what it took and gave (SEM_UNDO). Only with `barging`.
 *   Default false.
 */
export function semaphore(initial: number, options: { strength?: Strength; undo?: boolean } = {}): Semaphore {
  if (!Number.isInteger(initial) || initial < 0 || initial > SEMAPHORE_MAX) {
    throw new RangeError(
      `semaphore(${initial}): the initial count must be a whole number from 0 to ${SEMAPHORE_MAX}.`,
    );
  }
  const strength = options.strength ?? 'barging';
  if (options.undo && strength !== 'barging') {
    throw new RangeError(`semaphore with undo and strength '${strength}': undo goes with 'barging' only.`);
  }
  if (options.undo) return undoSemaphore(initial);
  if (strength === 'barging') {
    const object = place('semaphore', 0, initial);
    return made(new Barging(object, arena().way), object);
  }
  if (strength === 'handoff' || strength === 'fifo') {
    const object = placeWithWaiters('semaphore', initial, 0, queueOperations.abandonSemaphore);
    return made(new Queued(object, arena().way, strength), object);
  }
  throw new RangeError(`semaphore strength '${strength}': use 'barging', 'handoff' or 'fifo'.`);
}
