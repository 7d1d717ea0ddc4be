// Mapping a descriptor's memory (mmap(2)). It is never unmapped: unmapping under a live view is a segmentation
// fault, and the end of the process does it.
import koffi from 'koffi';
import { libc, SystemCallError } from './libc.ts';

const PROT_READ_WRITE = 1 | 2;
const MAP_SHARED = 1;
const MAP_FIXED = 0x10;

export interface Mapping {
  /** Where it lies in this process; futex(2) wants addresses. Below 2^53 on the machines we run on. */
  readonly address: number;
  readonly buffer: ArrayBuffer;
}

/** Maps `bytes` bytes of `fd`, shared, for reading and writing. Throws SystemCallError. */
export function mmap(fd: number, bytes: number): Mapping {
  const call = libc().func('void *mmap(void *addr, size_t length, int prot, int flags, int fd, long offset)');
  const pointer = call(null, bytes, PROT_READ_WRITE, MAP_SHARED, fd, 0);
  const address = koffi.address(pointer);
  if (address === 2n ** 64n - 1n) throw new SystemCallError(`mmap of ${bytes} bytes`);
  return { address: Number(address), buffer: koffi.view(pointer, bytes) };
}

/** Maps `fd` in the place of the memory that `over` shows, all of it, in whole pages. Throws SystemCallError. */
export function mapOver(over: Uint8Array, fd: number): void {
  const call = libc().func(
    'intptr_t mmap(void *addr, size_t length, int prot, int flags, int fd, long offset)',
  );
  const bytes = over.byteLength;
  const at = call(over, bytes, PROT_READ_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
  if (BigInt(at) !== koffi.address(over))
    throw new SystemCallError(`mmap of ${bytes} bytes in a given place`);
}
