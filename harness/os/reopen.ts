// To open a FIFO a process needs open(2), and the filter of system calls cannot see which name is asked for: it sees where
// the name lies. So there is one name that may be opened, at one address, in memory that nobody can write to or put
// something else over: `/proc/self/fd/<spare>`. That opens once more what the process has open already as `spare`, and
// nothing else (proc_pid_fd(5)); dup3(2) puts there what is to be opened.
import { closeSync, openSync, writeSync } from 'node:fs';
import { orErrno, uninterrupted } from './descriptors.ts';
import { inC } from './libc.ts';
import { memfd } from './memfd.ts';

/** Where the name lies: below all that the system or Node maps, and above what no process may map (mmap_min_addr). */
export const NAME_ADDRESS = 0x100000;
const PAGE = 4096;
/** Nothing may be mapped or unmapped from here down. */
export const NAME_END = NAME_ADDRESS + PAGE;

const PROT_READ = 1;
const MAP_SHARED = 1;
const F_DUPFD_CLOEXEC = 1030;
const O_CLOEXEC = 0o2000000;
const AT_FDCWD = -100;
/** What is tried where the name could not be put there. */
const ENOSYS = 38;

/** The descriptor that the name stands for, and something harmless that it is between two openings. */
let spare = -1;
let harmless = -1;

/**
 * Puts the name where the filter lets it be opened. Before `confine`; where it fails nothing can be opened.
 * @param fd any descriptor of this process that stays open
 */
export function allowReopening(fd: number): void {
  const fcntl = inC('int fcntl(int fd, int command, long argument)');
  const duplicate = fcntl(fd, F_DUPFD_CLOEXEC, 0) as number;
  if (duplicate < 0) return;
  const file = memfd('interleave-name', PAGE);
  writeSync(file, `/proc/self/fd/${duplicate}\0`);
  // Mapped from a descriptor that is open for reading only, so that it can never be made writable.
  const readable = openSync(`/proc/self/fd/${file}`, 'r');
  closeSync(file);
  const map = inC('intptr_t mmap(intptr_t at, size_t length, int prot, int flags, int fd, long offset)');
  const at = map(NAME_ADDRESS, PAGE, PROT_READ, MAP_SHARED, readable, 0);
  closeSync(readable);
  if (at !== NAME_ADDRESS) return;
  harmless = fd;
  spare = duplicate;
}

/** Opens once more what this process has open as `fd`, in the way that `flags` say. Gives a descriptor, or minus the errno. */
export function reopen(fd: number, flags: number): number {
  if (spare < 0) return -ENOSYS;
  const dup3 = inC('int dup3(int from, int to, int flags)');
  const openat = inC('int openat(int folder, size_t name, int flags)');
  const put = orErrno(dup3(fd, spare, O_CLOEXEC) as number);
  if (put < 0) return put;
  const opened = uninterrupted(() => openat(AT_FDCWD, NAME_ADDRESS, flags | O_CLOEXEC) as number);
  dup3(harmless, spare, O_CLOEXEC);
  return opened;
}
