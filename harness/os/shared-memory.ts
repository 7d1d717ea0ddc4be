// Memory that the system shares (shm_overview(7), shmget(2), mmap(2)), and mapping it in place of other memory.
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orErrno } from './descriptors.ts';
import { errorName, inC, SystemCallError } from './libc.ts';
import { Refused } from './refused.ts';
import { withFreeKey } from './sysv-key.ts';

const O_RDWR = 2;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const PROT_READ_WRITE = 1 | 2;
const MAP_SHARED = 1;
const MAP_FIXED = 0x10;
const SHM_REMAP = 0o40000;
const IPC_CREAT = 0o1000;
const IPC_EXCL = 0o2000;
const IPC_RMID = 0;
const EEXIST = 17;
/** Names that are tried where a process that was killed has left some behind. */
const NAMES = 1000;

let made = 0;

/** Gives the file of descriptor `fd` its size. Closes it where that fails. */
function sized(fd: number, bytes: number): number {
  try {
    ftruncateSync(fd, bytes);
    return fd;
  } catch (e) {
    closeSync(fd);
    throw e;
  }
}

/** Creates a POSIX segment of `bytes` bytes and returns its descriptor. Its name is gone before it is used. */
export function createPosixSharedMemory(bytes: number): number {
  const open = inC('int shm_open(const char *name, int flags, uint mode)');
  const unlink = inC('int shm_unlink(const char *name)');
  for (let n = 0; n < NAMES; n++) {
    const name = `/interleave-${process.pid}-${made++}`;
    const fd = orErrno(open(name, O_RDWR | O_CREAT | O_EXCL, 0o600) as number);
    if (fd === -EEXIST) continue;
    if (fd < 0)
      throw new Refused(`shm_open failed: ${errorName(-fd)}. Is /dev/shm there, and may it be written to?`);
    unlink(name);
    return sized(fd, bytes);
  }
  throw new Refused(`shm_open failed: ${NAMES} names interleave-${process.pid}-… are taken. Run lab clean.`);
}

/** Creates a file of `bytes` bytes in a folder that nobody else can enter, and returns its descriptor. It has no name any more. */
export function createMappedFile(bytes: number): number {
  const folder = mkdtempSync(join(tmpdir(), `interleave-${process.pid}-`));
  try {
    return sized(openSync(join(folder, 'memory'), 'wx+', 0o600), bytes);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Creates a System V segment of `bytes` bytes and returns its id. */
export function createSysvSharedMemory(bytes: number): number {
  const get = inC('int shmget(int key, size_t bytes, int flags)');
  const id = withFreeKey((key) => orErrno(get(key, bytes, IPC_CREAT | IPC_EXCL | 0o600) as number));
  if (id < 0) throw new Refused(`shmget failed: ${errorName(-id)}. Look at what ipcs -m and ipcs -lm show.`);
  return id;
}

/** Removes a segment; it is gone once nobody has it attached. */
export function removeSysvSharedMemory(id: number): void {
  inC('int shmctl(int id, int command, void *state)')(id, IPC_RMID, null);
}

/** Calls that put memory in the place of other memory, which begins at `address`; `at` and `bytes` are whole pages. */
export function memoryCalls(address: number) {
  const map = inC('intptr_t mmap(size_t at, size_t length, int prot, int flags, int fd, int64_t offset)');
  const attach = inC('intptr_t shmat(int id, size_t at, int flags)');
  const into = (at: number, bytes: number, fd: number, offset: number): void => {
    if (Number(map(address + at, bytes, PROT_READ_WRITE, MAP_SHARED | MAP_FIXED, fd, offset)) < 0)
      throw new SystemCallError(`mmap of ${bytes} bytes in a given place`);
  };
  return {
    /** Puts the file of `fd` there. */
    mapFile: (at: number, bytes: number, fd: number): void => into(at, bytes, fd, 0),
    /** Puts the System V segment `id` there. */
    attach: (at: number, id: number): void => {
      if (Number(attach(id, address + at, SHM_REMAP)) < 0) throw new SystemCallError('shmat');
    },
    /** Puts back what was there before: the same place of the file of `fd`. */
    putBack: (at: number, bytes: number, fd: number): void => into(at, bytes, fd, at),
  };
}
