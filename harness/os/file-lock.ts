// Locks on files: whole ones (flock(2)), and ranges of bytes (fcntl(2), open file description locks, which unlike the
// older POSIX record locks belong to what was opened, and not to the process).
import { openSync } from 'node:fs';
import { uninterrupted } from './descriptors.ts';
import { inC } from './libc.ts';
import { memfd } from './memfd.ts';

const F_OFD_SETLK = 37;
const F_OFD_SETLKW = 38;
const EACCES = 13;
const EAGAIN = 11;

/** Creates an anonymous file and returns its descriptor. Throws SystemCallError. */
export const createFile = (): number => memfd('interleave', 0);

/** Opens the file behind `fd` once more: locks of one who has it open exclude those of another. */
export const openAgain = (fd: number): number => openSync(`/proc/self/fd/${fd}`, 'r+');

/** The calls that lock files. */
export function fileLockCalls() {
  const whole = inC('int flock(int fd, int operation)');
  const record = inC('int fcntl(int fd, int command, int64_t *flock)');
  // struct flock: two shorts, l_type and l_whence (SEEK_SET); l_start; l_len; l_pid, which must be 0.
  const range = new BigInt64Array(4);
  return {
    flock: (fd: number, operation: number): number => uninterrupted(() => whole(fd, operation) as number),
    lockRange: (fd: number, type: number, start: number, length: number, waits: boolean): number => {
      range[0] = BigInt(type);
      range[1] = BigInt(start);
      range[2] = BigInt(length);
      const given = uninterrupted(() => record(fd, waits ? F_OFD_SETLKW : F_OFD_SETLK, range) as number);
      return given === -EACCES ? -EAGAIN : given;
    },
  };
}
