// Mutexes of POSIX threads that processes share (pthread_mutex_lock(3p)).
import { createPage } from './page.ts';
import { deadline, initialise, inThreads } from './threads.ts';

const PTHREAD_MUTEX_ROBUST = 1;
const EOWNERDEAD = 130;
// What the kernel leaves in the word of a robust mutex, beside the number of its owner (linux/futex.h).
const FUTEX_OWNER_DIED = 0x40000000;
const FUTEX_TID_MASK = 0x3fffffff;

/** Creates a mutex in memory of its own, and returns the descriptor of that. Throws SystemCallError. */
export const createMutex = (robust: boolean): number =>
  createPage((address) =>
    initialise('mutex', address, (attributes) =>
      robust
        ? inThreads('int pthread_mutexattr_setrobust(void *attributes, int robust)')(
            attributes,
            PTHREAD_MUTEX_ROBUST,
          )
        : 0,
    ),
  );

/** What a call that locks gave: 0; 1 where the owner before has died; or minus the error number. */
const locked = (error: number): number => (error === EOWNERDEAD ? 1 : -error);

/** The calls on a mutex at a given address. They give 0, or minus the error number. */
export function mutexCalls() {
  const lock = inThreads('int pthread_mutex_lock(size_t at)');
  const tryLock = inThreads('int pthread_mutex_trylock(size_t at)');
  const timedLock = inThreads('int pthread_mutex_timedlock(size_t at, int64_t *deadline)');
  const unlock = inThreads('int pthread_mutex_unlock(size_t at)');
  const consistent = inThreads('int pthread_mutex_consistent(size_t at)');
  const read = inThreads('size_t memcpy(int32_t *to, size_t from, size_t bytes)');
  const write = inThreads('size_t memcpy(size_t to, int32_t *from, size_t bytes)');
  const words = new Int32Array(2);
  const died = Int32Array.of(FUTEX_OWNER_DIED);
  const me = process.pid;
  return {
    mutexLock: (at: number): number => locked(lock(at)),
    mutexTryLock: (at: number): number => locked(tryLock(at)),
    mutexTimedLock: (at: number, milliseconds: number): number =>
      locked(timedLock(at, deadline(milliseconds))),
    mutexUnlock: (at: number): number => -unlock(at),
    mutexConsistent: (at: number): number => -consistent(at),
    // Its word is the first of the mutex (glibc), or the second (musl). The C library takes it from the list that the
    // kernel would go through when it is unlocked; then it is marked as the kernel would do it (get_robust_list(2)).
    mutexAbandon: (at: number): void => {
      words.fill(0);
      read(words, at, 8);
      const word = words.findIndex((w) => (w & FUTEX_TID_MASK) === me);
      if (word < 0) return;
      consistent(at);
      unlock(at);
      write(at + 4 * word, died, 4);
    },
  };
}
