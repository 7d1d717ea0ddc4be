// POSIX semaphores (sem_overview(7)), unnamed in shared memory, or named.
import { closeSync, ftruncateSync, openSync, unlinkSync } from 'node:fs';
import koffi from 'koffi';
import { uninterrupted } from './descriptors.ts';
import { SystemCallError } from './libc.ts';
import { createPage, inPage } from './page.ts';
import { deadline, inThreads } from './threads.ts';

const MINE_ALONE = 0o600;
/** Bytes of a semaphore, on 64-bit platforms. */
const SEM_T = 32;

function initialise(address: number, units: number): void {
  if (inThreads('int sem_init(size_t at, int shared, uint units)')(address, 1, units) < 0)
    throw new SystemCallError(`sem_init(${units})`);
}

/** Creates a semaphore in memory of its own (sem_init(3)), and returns the descriptor of that. Throws SystemCallError. */
export const createSemaphore = (units: number): number => createPage((address) => initialise(address, units));

let named = 0;

/**
 * Creates a semaphore with a name (sem_open(3)), and returns a descriptor of the file that it lies in. The name is gone
 * then: `/interleave-<process id>-<number>`, which is a file in /dev/shm. Throws SystemCallError.
 *
 * That the file is made by hand, and only then opened as a semaphore, is for those who are killed meanwhile: sem_open of
 * glibc makes it under another name, of which nobody could say whose it was.
 */
export function createNamedSemaphore(units: number): number {
  for (const prefix of ['sem.', '']) {
    const { name, file, fd } = createFile(prefix);
    try {
      inPage(fd, (address) => initialise(address, units));
      if (isFound(name)) return fd;
    } catch (e) {
      closeSync(fd);
      throw e;
    } finally {
      unlinkSync(file);
    }
    closeSync(fd);
  }
  throw new SystemCallError('sem_open');
}

/** A file for a semaphore. glibc puts `sem.` before the name, musl does not. */
function createFile(prefix: string): { name: string; file: string; fd: number } {
  for (;;) {
    const name = `/interleave-${process.pid}-${named++}`;
    const file = `/dev/shm/${prefix}${name.slice(1)}`;
    try {
      const fd = openSync(file, 'wx+', MINE_ALONE);
      ftruncateSync(fd, SEM_T);
      return { name, file, fd };
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
    }
  }
}

/** Whether the C library has a semaphore of this name. */
function isFound(name: string): boolean {
  const semaphore = inThreads('void *sem_open(const char *name, int flags)')(name, 0) as unknown;
  if (semaphore === null || koffi.address(semaphore) === 0n) return false; // SEM_FAILED, with glibc and musl
  inThreads('int sem_close(void *semaphore)')(semaphore);
  return true;
}

/** The calls on a semaphore at a given address. */
export function semaphoreCalls() {
  const wait = inThreads('int sem_wait(size_t at)');
  const tryWait = inThreads('int sem_trywait(size_t at)');
  const timedWait = inThreads('int sem_timedwait(size_t at, int64_t *deadline)');
  const post = inThreads('int sem_post(size_t at)');
  const value = inThreads('int sem_getvalue(size_t at, int *value)');
  const units = new Int32Array(1);
  return {
    semWait: (at: number): number => uninterrupted(() => wait(at)),
    semTryWait: (at: number): number => uninterrupted(() => tryWait(at)),
    semTimedWait: (at: number, milliseconds: number): number => {
      const until = deadline(milliseconds);
      return uninterrupted(() => timedWait(at, until));
    },
    semPost: (at: number): number => uninterrupted(() => post(at)),
    semValue: (at: number): number => {
      value(at, units);
      return units[0];
    },
  };
}
