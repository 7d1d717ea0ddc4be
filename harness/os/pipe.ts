// Pipes (pipe(7)).
import { closeSync } from 'node:fs';
import { inC, SystemCallError } from './libc.ts';

const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;
const F_SETPIPE_SZ = 1031;

/**
 * Creates a pipe that holds `capacity` bytes, rounded up to pages, and returns its reading and its writing end.
 * @param blocks whether calls on it wait
 */
export function createPipe(capacity: number, blocks: boolean): [reader: number, writer: number] {
  const ends = new Int32Array(2);
  const pipe2 = inC('int pipe2(int *ends, int flags)');
  if ((pipe2(ends, O_CLOEXEC | (blocks ? 0 : O_NONBLOCK)) as number) < 0) throw new SystemCallError('pipe2');
  const fcntl = inC('int fcntl(int fd, int command, long argument)');
  if ((fcntl(ends[1], F_SETPIPE_SZ, capacity) as number) < 0) {
    const error = new SystemCallError(`fcntl(F_SETPIPE_SZ, ${capacity})`);
    for (const fd of ends) closeSync(fd);
    throw error;
  }
  return [ends[0], ends[1]];
}
