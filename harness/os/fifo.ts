// FIFOs (fifo(7), mkfifo(3)).
import { closeSync, mkdtempSync, openSync, rmdirSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orErrno } from './descriptors.ts';
import { inC, SystemCallError } from './libc.ts';
import { reopen } from './reopen.ts';

const O_RDONLY = 0;
const O_WRONLY = 1;
const O_RDWR = 2;
const O_NONBLOCK = 0o4000;
const O_PATH = 0o10000000;
const F_SETPIPE_SZ = 1031;

/** How the folder's name begins in which a FIFO has its name for a moment; the referee's process id comes next. */
export const FIFO_FOLDER = 'interleave-fifo-';

/**
 * Creates a FIFO and returns a descriptor that stands for it and has no end of it open (O_PATH). Its name, in a folder that
 * is nobody else's (mkdtemp(3), mode 0700), is gone when this returns. Throws SystemCallError.
 */
export function createFifo(): number {
  const folder = mkdtempSync(join(tmpdir(), `${FIFO_FOLDER}${process.pid}-`));
  try {
    const name = join(folder, 'fifo');
    const mkfifo = inC('int mkfifo(const char *name, uint mode)');
    if ((mkfifo(name, 0o600) as number) < 0) throw new SystemCallError(`mkfifo('${name}')`);
    try {
      return openSync(name, O_PATH);
    } finally {
      unlinkSync(name);
    }
  } finally {
    rmdirSync(folder);
  }
}

/** Calls on FIFOs. */
export function fifoCalls() {
  const fcntl = inC('int fcntl(int fd, int command, long argument)');
  const sized = (fd: number, capacity: number): number => {
    if (fd < 0) return fd;
    const result = orErrno(fcntl(fd, F_SETPIPE_SZ, capacity) as number);
    if (result >= 0) return fd;
    closeSync(fd);
    return result;
  };
  return {
    openFifo(file: number, end: 'reader' | 'writer', capacity: number, blocks: boolean): number {
      if (blocks) return sized(reopen(file, end === 'reader' ? O_RDONLY : O_WRONLY), capacity);
      if (end === 'reader') return sized(reopen(file, O_RDONLY | O_NONBLOCK), capacity);
      // Without a reader the writing end cannot be opened but by waiting: so there is one for a moment.
      const both = reopen(file, O_RDWR | O_NONBLOCK);
      if (both < 0) return both;
      const writer = reopen(file, O_WRONLY | O_NONBLOCK);
      closeSync(both);
      return sized(writer, capacity);
    },
  };
}
