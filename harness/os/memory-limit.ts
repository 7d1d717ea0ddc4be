// How much memory a worker may write to, buffers outside the JavaScript heap included (RLIMIT_DATA, setrlimit(2)).
// Memory that is shared, or only reserved, does not count.
import { libc } from './libc.ts';

const RLIMIT_DATA = 2;

/** Limits this process for good. Returns whether the kernel did it. */
export function limitMemory(bytes: number): boolean {
  const call = libc().func('int setrlimit(int resource, uint64_t *limit)');
  return (call(RLIMIT_DATA, new BigUint64Array([BigInt(bytes), BigInt(bytes)])) as number) === 0;
}
