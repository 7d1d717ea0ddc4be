// Read-write locks of POSIX threads that processes share (pthread_rwlock_rdlock(3p)).
import { createPage } from './page.ts';
import { initialise, inThreads } from './threads.ts';

/** Creates a lock in memory of its own, and returns the descriptor of that. Throws SystemCallError. */
export const createRwlock = (): number => createPage((address) => initialise('rwlock', address));

/** The calls on a lock at a given address. They give 0, or minus the error number. */
export function rwlockCalls() {
  const readLock = inThreads('int pthread_rwlock_rdlock(size_t at)');
  const tryReadLock = inThreads('int pthread_rwlock_tryrdlock(size_t at)');
  const writeLock = inThreads('int pthread_rwlock_wrlock(size_t at)');
  const tryWriteLock = inThreads('int pthread_rwlock_trywrlock(size_t at)');
  const unlock = inThreads('int pthread_rwlock_unlock(size_t at)');
  return {
    rwlockReadLock: (at: number): number => -readLock(at),
    rwlockTryReadLock: (at: number): number => -tryReadLock(at),
    rwlockWriteLock: (at: number): number => -writeLock(at),
    rwlockTryWriteLock: (at: number): number => -tryWriteLock(at),
    rwlockUnlock: (at: number): number => -unlock(at),
  };
}
