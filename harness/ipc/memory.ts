// Memory that the system shares between processes: a POSIX segment (shm_overview(7)), one of System V (shmop(2)), a mapped
// file (mmap(2)). What can be done with it is what can be done with a shared array, so the elements of one are put there:
// the pages behind an array are mapped over by pages of the real thing, in every process of the run.
import { placePages } from '../shared/arena.ts';
import { arrayOver, type SharedArray } from '../shared/array.ts';

/** Most elements of such an array. */
const MOST = 65_536;

function memory(kind: string, length: number): SharedArray<number> {
  if (!Number.isInteger(length) || length < 1 || length > MOST) {
    throw new RangeError(`${kind}(${length}): the length must be a whole number from 1 to ${MOST}.`);
  }
  return arrayOver(placePages(kind, length));
}

/**
 * Creates a POSIX shared memory segment (shm_open(3)) of `length` 32-bit whole numbers, 1 to 65,536, all 0 at first. Two
 * processes that use it must be kept apart by something else.
 */
export const posixSharedMemory = (length: number): SharedArray<number> => memory('posixSharedMemory', length);

/** The same with a System V segment (shmget(2), shmat(2)). */
export const sysvSharedMemory = (length: number): SharedArray<number> => memory('sysvSharedMemory', length);

/** The same with a file that all processes map (mmap(2), MAP_SHARED). */
export const mappedFile = (length: number): SharedArray<number> => memory('mappedFile', length);
