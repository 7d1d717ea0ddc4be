// Event counters (eventfd(2)).
import { inC, SystemCallError } from './libc.ts';

const EFD_SEMAPHORE = 1;
const EFD_NONBLOCK = 0o4000;
const EFD_CLOEXEC = 0o2000000;

/**
 * Creates a counter and returns its descriptor. Throws SystemCallError.
 * @param semaphore whether a read takes 1, and not all
 * @param blocks whether calls on it wait
 */
export function createEventCounter(initial: number, semaphore: boolean, blocks: boolean): number {
  const flags = EFD_CLOEXEC | (semaphore ? EFD_SEMAPHORE : 0) | (blocks ? 0 : EFD_NONBLOCK);
  const fd = inC('int eventfd(uint initial, int flags)')(initial, flags) as number;
  if (fd < 0) throw new SystemCallError(`eventfd(${initial})`);
  return fd;
}
