// POSIX message queues (mq_overview(7)), by system calls: older C libraries have these functions in a library of their
// own. The name of a queue is gone before anybody could see it for long; whoever has a descriptor goes on using it.
import { closeSync, readFileSync } from 'node:fs';
import { orErrno, uninterrupted } from './descriptors.ts';
import { errorName, inC } from './libc.ts';
import { systemCalls } from './machine.ts';
import { Refused } from './refused.ts';

const O_RDWR = 2;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;
const EEXIST = 17;
const EMFILE = 24;
const ENOSPC = 28;
const ENOSYS = 38;
/**
 * The names that this user's processes give to queues for the moment in which they make them. There are few, so that those
 * which somebody left behind who was killed in that moment can be found where nothing is mounted that lists them, as in most
 * containers. To remove one that somebody else is about to remove does him no harm.
 */
const NAMES = Array.from({ length: 8 }, (_, n) => `interleave-${process.geteuid?.()}-${n}`);
const ATTEMPTS = 1000;

/**
 * Creates a message queue for `capacity` messages of up to `messageSize` bytes, without a name.
 * @param blocks whether calls on it wait
 */
export function createPosixQueue(capacity: number, messageSize: number, blocks: boolean): number {
  const { mq } = systemCalls();
  const open = inC('long syscall(long number, const char *name, int flags, uint mode, int64_t *attributes)');
  const flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | (blocks ? 0 : O_NONBLOCK);
  const attributes = new BigInt64Array([0n, BigInt(capacity), BigInt(messageSize), 0n, 0n, 0n, 0n, 0n]);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const name = NAMES[attempt % NAMES.length];
    const fd = orErrno(Number(open(mq.open, name, flags, 0o600, attributes)));
    if (fd === -EEXIST) {
      removePosixQueue(name);
      continue;
    }
    if (fd < 0) throw refusal(-fd, capacity, messageSize);
    removePosixQueue(name);
    return fd;
  }
  throw new Refused(`mq_open failed: the names ${NAMES[0]} … are taken by another user.`);
}

/** Removes the name of a queue, where there is one. */
export function removePosixQueue(name: string): void {
  inC('long syscall(long number, const char *name)')(systemCalls().mq.unlink, name);
}

/** Names that somebody has left behind who was killed, or is about to remove. */
export function abandonedPosixQueues(): string[] {
  const open = inC('long syscall(long number, const char *name, int flags)');
  const { mq } = systemCalls();
  return NAMES.filter((name) => {
    const fd = Number(open(mq.open, name, O_CLOEXEC));
    if (fd >= 0) closeSync(fd);
    return fd >= 0;
  });
}

/** What refuses a queue, and what to do about it. */
function refusal(errno: number, capacity: number, messageSize: number): Refused {
  const what = `mq_open failed: ${errorName(errno)}, for a queue of ${capacity} messages of ${messageSize} bytes.`;
  return new Refused(`${what} ${reason(errno)}`);
}

function reason(errno: number): string {
  if (errno === ENOSYS) return 'This kernel has no POSIX message queues (CONFIG_POSIX_MQUEUE).';
  if (errno === EMFILE) {
    return `All queues of this user together may take ${bytesAllowed()} (RLIMIT_MSGQUEUE): raise that with ulimit -q, or use fewer queues, smaller ones, or shorter messages.`;
  }
  if (errno === ENOSPC) {
    return `There may be ${limit('queues_max')} queues on this system: raise /proc/sys/fs/mqueue/queues_max, or end programs that have some.`;
  }
  return `This system allows ${limit('msg_max')} messages of ${limit('msgsize_max')} bytes: raise /proc/sys/fs/mqueue/msg_max and msgsize_max.`;
}

function limit(name: string): string {
  try {
    return readFileSync(`/proc/sys/fs/mqueue/${name}`, 'latin1').trim();
  } catch {
    return 'an unknown number of';
  }
}

const bytesAllowed = (): string =>
  `${/^Max msgqueue size\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1] ?? 'few'} bytes`;

/** Calls on message queues with the memory that begins at `address`; `at` counts bytes from there. */
export function posixQueueCalls(address: number) {
  const { mq } = systemCalls();
  const send = inC(
    'long syscall(long number, int fd, size_t message, size_t bytes, uint priority, int64_t *until)',
  );
  const receive = inC(
    'long syscall(long number, int fd, size_t message, size_t bytes, uint *priority, int64_t *until)',
  );
  const attributesOf = inC('long syscall(long number, int fd, int64_t *wanted, int64_t *attributes)');
  const priority = new Uint32Array(1);
  const attributes = new BigInt64Array(8);
  return {
    mqSend: (fd: number, at: number, bytes: number, given: number, milliseconds: number): number => {
      const until = moment(milliseconds);
      return uninterrupted(() => Number(send(mq.timedsend, fd, address + at, bytes, given, until)));
    },
    mqReceive: (fd: number, at: number, most: number, milliseconds: number): number => {
      const until = moment(milliseconds);
      const bytes = uninterrupted(() =>
        Number(receive(mq.timedreceive, fd, address + at, most, priority, until)),
      );
      return bytes < 0 ? bytes : priority[0] * 65_536 + bytes;
    },
    mqCount: (fd: number): number => {
      const result = orErrno(Number(attributesOf(mq.getsetattr, fd, null, attributes)));
      return result < 0 ? result : Number(attributes[3]); // struct mq_attr: flags, maxmsg, msgsize, curmsgs
    },
  };
}

/** The time `milliseconds` from now, as a timespec; null for never. */
function moment(milliseconds: number): BigInt64Array | null {
  if (milliseconds < 0) return null;
  const then = Date.now() + milliseconds;
  return new BigInt64Array([BigInt(Math.floor(then / 1000)), BigInt(Math.floor((then % 1000) * 1e6))]);
}
