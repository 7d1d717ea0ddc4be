// The read-write lock of POSIX threads between processes (pthread_rwlock_rdlock(3p), PTHREAD_PROCESS_SHARED). Who comes first
// where both wait is the library's affair: glibc lets readers in while readers are inside, so writers may starve.
import { made } from '../shared/arena.ts';
import { NOTHING_DONE } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import { IpcError } from './ipc-error.ts';
import { onKernelObject, tries, triesKernelObject, trying, waiting } from './operation.ts';
import { type PageObject, pageObject } from './page-object.ts';

const kind = 'pthreadRwlock';

const readLock = onKernelObject(kind, 'readLock', { units: 1 });
const tryReadLock = triesKernelObject(kind, 'tryReadLock', { units: 1, ...tries });
const writeLock = onKernelObject(kind, 'writeLock', { units: 1 });
const tryWriteLock = triesKernelObject(kind, 'tryWriteLock', { units: 1, ...tries });
const unlock = onKernelObject(kind, 'unlock', { units: -1 });
export const pthreadRwlockOperations = { readLock, tryReadLock, writeLock, tryWriteLock, unlock };

/** A lock of the system for many readers or one writer. */
export interface PthreadRwlock {
  /** Blocks while a writer holds it; then holds it with other readers (pthread_rwlock_rdlock(3p)). */
  readLock(): void;
  /** The same if it need not wait; says whether it did. */
  tryReadLock(): boolean;
  /** Blocks while anybody holds it; then holds it alone (pthread_rwlock_wrlock(3p)). */
  writeLock(): void;
  /** The same if it need not wait; says whether it did. */
  tryWriteLock(): boolean;
  /** Lets go what this process holds. Where that is nothing it is misuse. */
  unlock(): void;
}

class SystemRwlock implements PthreadRwlock {
  readonly #its: PageObject;
  /** How often this process holds it for reading; -1 where it does for writing. */
  #held = 0;
  constructor(its: PageObject) {
    this.#its = its;
  }
  /** The owner knows that it is. The C library tells the owner in some cases only, so it is not asked. */
  #notAsWriter({ name }: Operation): void {
    const { way, object } = this.#its;
    if (this.#held < 0) way.misuse(object, `${name} by the process that holds it for writing (EDEADLK)`);
  }
  #took(operation: Operation, given: number, by: number): boolean {
    if (given < 0 && given !== NOTHING_DONE) throw new IpcError(`${kind} ${operation.name}`, -given);
    if (given === 0) this.#held += by;
    return given === 0;
  }
  readLock(): void {
    const { way, object, kernel, address, blocks } = this.#its;
    const { rwlockReadLock, rwlockTryReadLock } = kernel.calls;
    this.#notAsWriter(readLock);
    const call = () => (blocks ? rwlockReadLock(address) : waiting(rwlockTryReadLock(address)));
    this.#took(readLock, way.attempt(readLock, object, 0, call), 1);
  }
  tryReadLock(): boolean {
    const { way, object, kernel, address } = this.#its;
    const given = way.attempt(tryReadLock, object, 0, () => trying(kernel.calls.rwlockTryReadLock(address)));
    return this.#took(tryReadLock, given, 1);
  }
  writeLock(): void {
    const { way, object, kernel, address, blocks } = this.#its;
    const { rwlockWriteLock, rwlockTryWriteLock } = kernel.calls;
    this.#notAsWriter(writeLock);
    const call = () => (blocks ? rwlockWriteLock(address) : waiting(rwlockTryWriteLock(address)));
    this.#took(writeLock, way.attempt(writeLock, object, 0, call), -1);
  }
  tryWriteLock(): boolean {
    const { way, object, kernel, address } = this.#its;
    const given = way.attempt(tryWriteLock, object, 0, () =>
      trying(kernel.calls.rwlockTryWriteLock(address)),
    );
    return this.#took(tryWriteLock, given, -1);
  }
  unlock(): void {
    const { way, object, kernel, address } = this.#its;
    if (this.#held === 0) way.misuse(object, 'unlock of a lock that this process does not hold');
    const given = way.attempt(unlock, object, 0, () => kernel.calls.rwlockUnlock(address));
    if (given < 0) throw new IpcError(`${kind} unlock`, -given);
    this.#held -= Math.sign(this.#held);
  }
}

sealed(SystemRwlock);

/** Creates a read-write lock of POSIX threads that nobody holds. */
export function pthreadRwlock(): PthreadRwlock {
  const its = pageObject(kind, {});
  return made(new SystemRwlock(its), its.object);
}
