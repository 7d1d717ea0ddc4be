// The mutex of POSIX threads between processes (pthread_mutex_lock(3p), PTHREAD_PROCESS_SHARED). What POSIX leaves
// undefined is told here as misuse: to unlock what one does not hold. A robust one outlives its owner.
import { made } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import { IpcError } from './ipc-error.ts';
import {
  onKernelObject,
  timedOnKernelObject,
  tries,
  triesKernelObject,
  trying,
  waiting,
} from './operation.ts';
import { type PageObject, pageObject } from './page-object.ts';

const kind = 'pthreadMutex';
/** What a call gives that has locked a mutex whose owner has died. */
const DIED = 1;
const ENOTRECOVERABLE = 131;

const lock = onKernelObject(kind, 'lock', {
  units: 1,
  shows: (_, given) => (given === DIED ? '() → its owner has died' : '()'),
});
const tryLock = triesKernelObject(kind, 'tryLock', { units: 1, ...tries });
const timedLock = timedOnKernelObject(kind, 'timedLock', { units: 1, ...tries });
const unlock = onKernelObject(kind, 'unlock', { units: -1 });
const consistent = onKernelObject(kind, 'consistent');
export const pthreadMutexOperations = { lock, tryLock, timedLock, unlock, consistent };

/** A mutex of the system that all processes of the run see. Not recursive: locking it twice is a deadlock with oneself. */
export interface PthreadMutex {
  /** Blocks until nobody holds it, then holds it (pthread_mutex_lock(3p)). */
  lock(): void;
  /** Holds it if nobody does; says whether it did. Never blocks. */
  tryLock(): boolean;
  /** As `lock`; gives up after `milliseconds` and returns false. */
  timedLock(milliseconds: number): boolean;
  /** Lets it go. By any process but the holder it is misuse. */
  unlock(): void;
}

/** A mutex of the system that outlives its owner (pthread_mutexattr_setrobust(3)). */
export interface RobustPthreadMutex extends PthreadMutex {
  /** Whether the caller holds it and an owner before was killed: what it guards may be half changed (EOWNERDEAD). */
  readonly ownerDied: boolean;
  /**
   * Says that what it guards is whole again (pthread_mutex_consistent(3)). Unlocked without that, it can never be
   * locked again. Where there was no death it is misuse.
   */
  consistent(): void;
}

export interface InnerMutex {
  readonly address: number;
  readonly isHeld: boolean;
  /** It was let go and taken again, by a call that gave this. */
  took(given: number): void;
}

export class SystemMutex implements RobustPthreadMutex {
  readonly #its: PageObject;
  /** Right even where the run ends while a call is made: the C library, too, has a list of what it holds. */
  #holds = false;
  #ownerDied = false;
  constructor(its: PageObject, robust: boolean) {
    this.#its = its;
    if (!robust) return;
    its.kernel.atEnd(() => {
      if (this.#holds) its.kernel.calls.mutexAbandon(its.address);
      this.#holds = false;
    });
  }
  #take(operation: Operation, argument: number, call: () => number): boolean {
    const { way, object } = this.#its;
    const given = way.attempt(operation, object, argument, () => {
      const result = call();
      if (result >= 0) this.#holds = true;
      return result;
    });
    if (given === -ENOTRECOVERABLE) {
      way.misuse(
        object,
        `${operation.name} of a mutex that cannot be recovered: after the death of an owner it was unlocked without consistent()`,
      );
    }
    if (given < 0) return false;
    this.#ownerDied = given === DIED;
    return true;
  }
  lock(): void {
    const { kernel, address, blocks } = this.#its;
    const { mutexLock, mutexTryLock } = kernel.calls;
    this.#take(lock, 0, () => (blocks ? mutexLock(address) : waiting(mutexTryLock(address))));
  }
  tryLock(): boolean {
    const { kernel, address } = this.#its;
    return this.#take(tryLock, 0, () => trying(kernel.calls.mutexTryLock(address)));
  }
  timedLock(milliseconds: number): boolean {
    const { kernel, address, blocks } = this.#its;
    const { mutexTimedLock, mutexTryLock } = kernel.calls;
    const ms = duration(milliseconds);
    return this.#take(timedLock, ms, () =>
      trying(blocks ? mutexTimedLock(address, ms) : mutexTryLock(address)),
    );
  }
  unlock(): void {
    const { way, object, kernel, address } = this.#its;
    if (!this.#holds) way.misuse(object, 'unlock of a mutex that this process does not hold');
    const given = way.attempt(unlock, object, 0, () => {
      this.#holds = false;
      return kernel.calls.mutexUnlock(address);
    });
    if (given < 0) throw new IpcError(`${kind} unlock`, -given);
    this.#ownerDied = false;
  }
  /** What a condition has to know of the mutex `m`, and to tell it; undefined where it is none. */
  static inner(m: unknown): InnerMutex | undefined {
    if (typeof m !== 'object' || m === null || !(#its in m)) return undefined;
    const took = (given: number): void => {
      m.#ownerDied = given === DIED;
    };
    return { address: m.#its.address, isHeld: m.#holds, took };
  }
  get ownerDied(): boolean {
    return this.#ownerDied;
  }
  consistent(): void {
    const { way, object, kernel, address } = this.#its;
    if (!this.#ownerDied)
      way.misuse(
        object,
        'consistent() of a mutex that the caller does not hold after the death of its owner',
      );
    way.attempt(consistent, object, 0, () => kernel.calls.mutexConsistent(address));
    this.#ownerDied = false;
  }
}

sealed(SystemMutex);

/**
 * Creates a mutex of POSIX threads that nobody holds.
 * @param options.robust whether it can be locked again when its owner is killed. Default false: then nobody ever can.
 */
export function pthreadMutex(options: { robust: true }): RobustPthreadMutex;
export function pthreadMutex(options?: { robust?: boolean }): PthreadMutex;
export function pthreadMutex(options: { robust?: boolean } = {}): PthreadMutex {
  const robust = options.robust === true;
  const its = pageObject(kind, { robust: robust ? 1 : 0 });
  return made(new SystemMutex(its, robust), its.object);
}
