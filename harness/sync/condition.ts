// A condition variable after Mesa (Lampson and Redell, CACM 23(2), 1980): a signal is a hint. It wakes any one
// waiter, the schedule chooses which; the woken process takes the mutex again like everyone else, and by then the
// predicate may be false once more.
//
// `wait` is four steps: join the waiters, let the mutex go, be woken, take the mutex. Joining comes first, so no
// signal between them is lost.
import { arena, made } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import { always, type Operation, timed, type Words } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';
import { LockedMutex, type Mutex, mutexOperations } from './mutex.ts';
import { queueOperations } from './queue.ts';
import { holds, robustOperations } from './robust.ts';
import { extraWord, join, leave, nthWaiting, placeWithWaiters, tell, told, waiting } from './waiters.ts';

const row = (name: string, rest: Partial<Operation> & Pick<Operation, 'take'>): Operation => ({
  code: -1,
  on: 'condition',
  name,
  span: 'record',
  ready: always,
  ...rest,
});

// Word 0 is the number of processes that wait; it is kept for reports and tests. The argument is the word of the
// mutex that the caller must hold.
const wait = row('wait', {
  wakes: 'none',
  misuse: (m, _at, me, mutex) =>
    holds(m[mutex], me) ? undefined : 'wait on a condition without holding its mutex',
  take: (m, at, me) => {
    join(m, at, me);
    m[at]++;
    return 0;
  },
});

function go(m: Words, at: number, me: number): number {
  const signalled = told(m, at, me);
  if (!signalled) m[extraWord(m, at)]--; // a spurious wake-up is used up
  leave(m, at, me);
  m[at]--;
  return signalled ? 1 : 0;
}

const woken = row('woken', {
  wakes: 'none',
  ready: (m, at, me) => told(m, at, me) || m[extraWord(m, at)] > 0,
  take: go,
});

const timedWoken = timed(woken, 'timedWoken', (m, at, me) => {
  leave(m, at, me);
  m[at]--;
});

const signal = row('signal', {
  choices: waiting,
  take: (m, at, _me, _argument, choice) => {
    const one = nthWaiting(m, at, choice);
    if (one >= 0) tell(m, at, one);
    return 0;
  },
});

const broadcast = row('broadcast', {
  take: (m, at) => {
    for (let one = nthWaiting(m, at, 0); one >= 0; one = nthWaiting(m, at, 0)) tell(m, at, one);
    return 0;
  },
});

export const conditionOperations = { wait, woken, timedWoken, signal, broadcast };

/** A condition variable that all processes of the run see. */
export interface Condition {
  /** Lets `mutex` go, blocks until woken, takes `mutex` again. Without holding it: misuse (pthread_cond_wait(3p)). */
  wait(mutex: Mutex): void;
  /** As `wait`; gives up after `milliseconds` and returns false. It holds `mutex` again in either case. */
  timedWait(mutex: Mutex, milliseconds: number): boolean;
  /** Wakes one waiter, any one; nothing happens where none waits. */
  signal(): void;
  /** Wakes all who wait now. */
  broadcast(): void;
}

/** A robust mutex has operations of its own. */
const operationsOf = ({ onDeath }: Shared): Record<'lock' | 'unlock', Operation> =>
  onDeath === undefined ? mutexOperations : robustOperations;

class MesaCondition implements Condition {
  readonly #object: Shared;
  readonly #way: Way;
  constructor(object: Shared, way: Way) {
    this.#object = object;
    this.#way = way;
  }
  #noMutex(): never {
    return this.#way.misuse(this.#object, 'wait without a mutex: pass the one that guards the predicate');
  }
  /** Joins the waiters and lets `mutex` go. */
  #join(mutex: Shared): void {
    this.#way.act(wait, this.#object, mutex.at);
    this.#way.act(operationsOf(mutex).unlock, mutex, 0);
  }
  wait(mutex: Mutex): void {
    const object = LockedMutex.objectOf(mutex);
    if (object === undefined) this.#noMutex();
    else {
      this.#join(object);
      this.#way.act(woken, this.#object, 0);
      this.#way.act(operationsOf(object).lock, object, 0);
    }
  }
  timedWait(mutex: Mutex, milliseconds: number): boolean {
    const object = LockedMutex.objectOf(mutex);
    if (object === undefined) return this.#noMutex();
    this.#join(object);
    this.#way.ask(timedWoken, this.#object, 0, duration(milliseconds));
    this.#way.act(operationsOf(object).lock, object, 0);
    return this.#way.told();
  }
  signal(): void {
    this.#way.act(signal, this.#object, 0);
  }
  broadcast(): void {
    this.#way.act(broadcast, this.#object, 0);
  }
}

sealed(MesaCondition);

/**
 * Creates a condition variable.
 * @param options.spurious how many spurious wake-ups may happen in a run. Default 0, or what the problem asks for.
 */
export function condition(options: { spurious?: number } = {}): Condition {
  const object = placeWithWaiters('condition', 0, 1, queueOperations.abandonCondition);
  const a = arena();
  const spurious = Math.max(Number(options.spurious ?? 0) | 0, a.spurious ?? 0);
  if (a.first) a.words[extraWord(a.words, object.at)] = spurious;
  return made(new MesaCondition(object, a.way), object);
}
