// A piece of memory that comes and goes with a run: mapped and unmapped again. There is no view of it, only its address,
// so nothing is left that could be used by mistake.
import { closeSync } from 'node:fs';
import { inC, SystemCallError } from './libc.ts';
import { memfd } from './memfd.ts';

const PROT_READ_WRITE = 1 | 2;
const MAP_SHARED = 1;
/** Bytes: more than any object of POSIX threads needs. */
const BYTES = 4096;

/** Maps the memory behind `fd`, shared, and returns its address. Throws SystemCallError. */
export function mapPage(fd: number): number {
  const mmap = inC('size_t mmap(size_t at, size_t bytes, int protection, int flags, int fd, long offset)');
  const address = Number(mmap(0, BYTES, PROT_READ_WRITE, MAP_SHARED, fd, 0));
  if (address > Number.MAX_SAFE_INTEGER) throw new SystemCallError('mmap of a page');
  return address;
}

/** Unmaps what `mapPage` has mapped at `address`. */
export function unmapPage(address: number): void {
  inC('int munmap(size_t at, size_t bytes)')(address, BYTES);
}

/** Lets `make` leave something in the memory behind `fd`. Throws SystemCallError. */
export function inPage(fd: number, make: (address: number) => void): void {
  const address = mapPage(fd);
  try {
    make(address);
  } finally {
    unmapPage(address);
  }
}

/** Makes anonymous shared memory in which `make` has left something, and returns its descriptor. Throws SystemCallError. */
export function createPage(make: (address: number) => void): number {
  const fd = memfd('interleave', BYTES);
  try {
    inPage(fd, make);
  } catch (e) {
    closeSync(fd);
    throw e;
  }
  return fd;
}
