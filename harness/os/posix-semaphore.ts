// POSIX semaphores (sem_overview(7)), unnamed in shared memory, or named.
import { openSync } from 'node:fs';
import koffi from 'koffi';
import { uninterrupted } from './descriptors.ts';
import { errno, SystemCallError } from './libc.ts';
import { createPage } from './page.ts';
import { deadline, inThreads } from './threads.ts';

const O_CREAT_EXCL = 0o300;
const MINE_ALONE = 0o600;
const EEXIST = 17;
/** SEM_FAILED: null with glibc and musl. */
const isFailed = (pointer: unknown): boolean => pointer === null || koffi.address(pointer) === 0n;

/** Creates a semaphore in memory of its own (sem_init(3)), and returns the descriptor of that. Throws SystemCallError. */
export const createSemaphore = (units: number): number =>
  createPage((address) => {
    if (inThreads('int sem_init(size_t at, int shared, uint units)')(address, 1, units) < 0)
      throw new SystemCallError(`sem_init(${units})`);
  });

let named = 0;

/**
 * Creates a semaphore with a name (sem_open(3)), and returns a descriptor of the file that it lies in. The name is gone
 * then: `/interleave-<process id>-<number>`, which is a file in /dev/shm. Throws SystemCallError.
 */
export function createNamedSemaphore(units: number): number {
  const open = inThreads('void *sem_open(const char *name, int flags, uint mode, uint units)') as unknown as (
    ...args: unknown[]
  ) => unknown;
  for (;;) {
    const name = `/interleave-${process.pid}-${named++}`;
    const semaphore = open(name, O_CREAT_EXCL, MINE_ALONE, units);
    if (isFailed(semaphore)) {
      if (errno() === EEXIST) continue;
      throw new SystemCallError(`sem_open('${name}')`);
    }
    try {
      return openFile(name);
    } finally {
      inThreads('int sem_unlink(const char *name)')(name);
      inThreads('int sem_close(void *semaphore)')(semaphore);
    }
  }
}

/** glibc puts `sem.` before the name, musl does not. */
function openFile(name: string): number {
  try {
    return openSync(`/dev/shm/sem.${name.slice(1)}`, 'r+');
  } catch {
    return openSync(`/dev/shm${name}`, 'r+');
  }
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
