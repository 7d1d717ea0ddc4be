// The condition variable of POSIX threads between processes (pthread_cond_wait(3p), PTHREAD_PROCESS_SHARED).
//
// There is no way to try it: whoever waits is inside the call until somebody signals. In free runs processes do that. In
// controlled runs the list of those who wait is the lab's, as that of `condition` is, and follows the same table; the
// mutex is the system's in both.

import { IpcError } from '../ipc/ipc-error.ts';
import { trying } from '../ipc/operation.ts';
import { mapped, type Page } from '../ipc/page-object.ts';
import { type InnerMutex, type PthreadMutex, SystemMutex } from '../ipc/pthread-mutex.ts';
import { arena, made } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import { type Calls, NOTHING_DONE } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';
import { conditionOperations } from './condition.ts';
import { queueOperations } from './queue.ts';
import { extraWord, placeWithWaiters } from './waiters.ts';

const kind = 'pthreadCondition';

const own = (operation: Operation): Operation => ({ ...operation, on: kind });
// That the caller holds the mutex is known without looking at its word, which is the system's.
const { misuse: _, ...wait } = own(conditionOperations.wait);
const woken = own(conditionOperations.woken);
const timedWoken = own(conditionOperations.timedWoken);
const signal = own(conditionOperations.signal);
const broadcast = own(conditionOperations.broadcast);
const abandon = own(queueOperations.abandonCondition);

/** A call of a free run: nobody asks whether it may be made. */
const call = (name: string, rest: Partial<Operation> = {}): Operation => ({
  code: -1,
  on: kind,
  name,
  span: 'kernel',
  ready: () => false,
  take: (_m, _at, _me, _argument, given) => given,
  ...rest,
});
const waitFreely = call('wait');
const timedWaitFreely = call('timedWait', { giveUp: () => NOTHING_DONE });
const tell = call('signal');

export const pthreadConditionOperations = { wait, woken, timedWoken, signal, broadcast, abandon };
/** They stand in no trace; a process that waits is told by them. */
export const freeConditionOperations = { waitFreely, timedWaitFreely, tell };

/** A condition variable of the system that all processes of the run see. */
export interface PthreadCondition {
  /** Lets `mutex` go, blocks until woken, takes `mutex` again. Without holding it: misuse (pthread_cond_wait(3p)). */
  wait(mutex: PthreadMutex): void;
  /** As `wait`; gives up after `milliseconds` and returns false. It holds `mutex` again in either case. */
  timedWait(mutex: PthreadMutex, milliseconds: number): boolean;
  /** Wakes one waiter, any one; nothing happens where none waits. */
  signal(): void;
  /** Wakes all who wait now. */
  broadcast(): void;
}

class SystemCondition implements PthreadCondition {
  readonly #object: Shared;
  readonly #way: Way;
  readonly #calls: Calls;
  readonly #page: Page;
  constructor(object: Shared, way: Way, calls: Calls, page: Page) {
    this.#object = object;
    this.#way = way;
    this.#calls = calls;
    this.#page = page;
  }
  #inner(mutex: PthreadMutex): InnerMutex {
    const inner = SystemMutex.inner(mutex);
    if (inner === undefined)
      return this.#way.misuse(
        this.#object,
        'wait without a mutex: pass the pthreadMutex that guards the predicate',
      );
    if (!inner.isHeld) this.#way.misuse(this.#object, 'wait on a condition without holding its mutex');
    return inner;
  }
  /** Free runs: the call itself lets the mutex go and takes it again. */
  #call(operation: Operation, inner: InnerMutex, made: () => number): boolean {
    const given = trying(this.#way.attempt(operation, this.#object, 0, made));
    if (given < 0 && given !== NOTHING_DONE) throw new IpcError(`${kind} wait`, -given);
    inner.took(given);
    return given !== NOTHING_DONE;
  }
  wait(mutex: PthreadMutex): void {
    const inner = this.#inner(mutex);
    const { address, blocks } = this.#page;
    if (blocks) {
      this.#call(waitFreely, inner, () => this.#calls.conditionWait(address, inner.address));
      return;
    }
    this.#way.act(wait, this.#object, 0);
    mutex.unlock();
    this.#way.act(woken, this.#object, 0);
    mutex.lock();
  }
  timedWait(mutex: PthreadMutex, milliseconds: number): boolean {
    const inner = this.#inner(mutex);
    const { address, blocks } = this.#page;
    const ms = duration(milliseconds);
    if (blocks) {
      const call = () => this.#calls.conditionTimedWait(address, inner.address, ms);
      return this.#call(timedWaitFreely, inner, call);
    }
    this.#way.act(wait, this.#object, 0);
    mutex.unlock();
    const isWoken = this.#way.test(timedWoken, this.#object, 0, ms);
    mutex.lock();
    return isWoken;
  }
  signal(): void {
    const { address, blocks } = this.#page;
    if (blocks) this.#way.attempt(tell, this.#object, 0, () => this.#calls.conditionSignal(address));
    else this.#way.act(signal, this.#object, 0);
  }
  broadcast(): void {
    const { address, blocks } = this.#page;
    if (blocks) this.#way.attempt(tell, this.#object, 0, () => this.#calls.conditionBroadcast(address));
    else this.#way.act(broadcast, this.#object, 0);
  }
}

sealed(SystemCondition);

/** Creates a condition variable of POSIX threads. */
export function pthreadCondition(): PthreadCondition {
  const object = placeWithWaiters(kind, 0, 1, abandon);
  const { first, words, spurious, way, kernel } = arena();
  if (first) words[extraWord(words, object.at)] = spurious ?? 0;
  const page = mapped(kernel, kernel.grant(kind, {}));
  return made(new SystemCondition(object, way, kernel.calls, page), object);
}
