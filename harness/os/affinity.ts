// On which processors a process may run (sched_setaffinity(2)).
import { readFileSync } from 'node:fs';
import { libc, SystemCallError } from './libc.ts';

const BYTES = 128; // 1024 processors, as cpu_set_t

/** The processors that this process may use, by number, as the kernel lists them in /proc/self/status. */
export function allowedProcessors(): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return list.split(',').flatMap((range) => {
    const [from, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

/**
 * Restricts the main thread of process `pid`, and the processes that it starts, to `processors`.
 * Throws SystemCallError.
 * @param pid default: the caller
 */
export function pin(processors: readonly number[], pid = 0): void {
  const mask = new Uint8Array(BYTES);
  for (const p of processors) mask[p >> 3] |= 1 << (p & 7);
  const call = libc().func('int sched_setaffinity(int pid, size_t size, uint8_t *mask)');
  if ((call(pid, BYTES, mask) as number) !== 0)
    throw new SystemCallError(`sched_setaffinity(${processors.join(',')})`);
}
