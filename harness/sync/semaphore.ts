// Counting semaphores in three strengths. Barging is what futexes and POSIX give: the word is the count, and a
// newcomer may overtake one who was woken. The other two keep a queue, and a post passes its unit on to a waiter
// (the strengths as in Stark, "Semaphore primitives and starvation-free mutual exclusion", JACM 29(4), 1982).
import { arena, made, place } from '../shared/arena.ts';
import { always, attempt, type Operation, shifting, timed, type Words } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';
import { Counting, counter, overflow, PAST, SEMAPHORE_MAX, type Semaphore } from './counting.ts';
import { queueOperations } from './queue.ts';
import { undoSemaphore } from './undo.ts';
import { join, leave, longestWaiting, nthWaiting, placeWithWaiters, tell, told, waiting } from './waiters.ts';

/** `barging`: a newcomer may overtake. `handoff`: a post with waiters wakes one of them. `fifo`: the longest waiting. */
export type Strength = 'barging' | 'handoff' | 'fifo';

const wait = shifting('semaphore', 'wait', { least: 1, most: SEMAPHORE_MAX, by: -1 }, { wakes: 'none' });
const tryWait = attempt(wait, 'tryWait');
const timedWait = timed(wait, 'timedWait');
const post = shifting(
  'semaphore',
  'post',
  { least: 0, most: SEMAPHORE_MAX - 1, by: 1 },
  { wakes: 'one', complaint: PAST },
);
const count = counter();

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

/** Its `wait` and `post` are so short in a free run that the operations must be constants: looked up, they cost 2 ns more. */
class Barging extends Counting {
  readonly #object: Shared;
  readonly #way: Way;
  constructor(object: Shared, way: Way) {
    super(object, way, semaphoreOperations);
    this.#object = object;
    this.#way = way;
  }
  override wait(): void {
    this.#way.act(wait, this.#object, 0);
  }
  override post(): void {
    this.#way.act(post, this.#object, 0);
  }
}

sealed(Barging);

/** The calls of those with a queue. */
const arriving = { wait: arrive, tryWait: tryArrive, timedWait: timedArrive, count };
const queued = {
  handoff: { ...arriving, post: handoffPost },
  fifo: { ...arriving, post: fifoPost },
};

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
    return made(new Counting(object, arena().way, queued[strength]), object);
  }
  throw new RangeError(`semaphore strength '${strength}': use 'barging', 'handoff' or 'fifo'.`);
}
