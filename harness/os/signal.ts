// Signals from one worker to another (signal(7)): sent over a descriptor of the other's main thread (pidfd_open(2) with
// PIDFD_THREAD, from Linux 6.9 on), and taken with sigtimedwait(2). To the thread, since only the main one blocks them:
// one sent to the process would go to any other of Node's threads, and end it. A worker signals nobody else: it
// cannot make such descriptors.
import { readFileSync } from 'node:fs';
import koffi from 'koffi';
import { orErrno, uninterrupted } from './descriptors.ts';
import { errorName, inC, SystemCallError } from './libc.ts';
import { systemCalls } from './machine.ts';
import { Refused } from './refused.ts';

const SIGUSR1 = 10;
const SIGUSR2 = 12;
/** How many real-time signals there are to use: what POSIX promises (_POSIX_RTSIG_MAX). */
const REAL_TIME = 8;
const PIDFD_THREAD = 0o200;
const SIG_BLOCK = 0;
const SI_QUEUE = -1;
const ESRCH = 3;
const EINTR = 4;
const EAGAIN = 11;
const EINVAL = 22;

/** sizeof siginfo_t, and where its parts lie; alike on x86-64 and arm64 (asm-generic/siginfo.h). */
const SIGINFO = 128;
const NUMBER = 0;
const CODE = 8;
const PID = 16;
const VALUE = 24;
/** sizeof sigset_t in the C library. */
const SIGSET = 128;

let numbers: readonly number[] | undefined;

/** The numbers of the signals that can be sent: SIGUSR1, SIGUSR2, and the real-time signals from SIGRTMIN on. */
function signalNumbers(): readonly number[] {
  if (numbers === undefined) {
    // The C library keeps the first ones for itself: 2 in glibc, 3 in musl.
    const least = inC('int __libc_current_sigrtmin()')() as number;
    numbers = [SIGUSR1, SIGUSR2, ...Array.from({ length: REAL_TIME }, (_, n) => least + n)];
  }
  return numbers;
}

/** The set of the signals whose bits are set in `which`: bit 0 for the first one of `signalNumbers`. */
function signalSet(which: number): Uint8Array {
  const set = new Uint8Array(SIGSET);
  signalNumbers().forEach((number, i) => {
    if (which & (1 << i)) set[(number - 1) >> 3] |= 1 << ((number - 1) & 7);
  });
  return set;
}

const ALL = 2 ** (2 + REAL_TIME) - 1;

/** From now on this thread, and those that it starts, leave these signals pending until they are taken. */
export function blockSignals(): void {
  const mask = inC('int pthread_sigmask(int how, uint8_t *set, uint8_t *before)');
  const failed = mask(SIG_BLOCK, signalSet(ALL), null) as number;
  if (failed !== 0) throw new SystemCallError('pthread_sigmask', failed);
}

/**
 * A descriptor over which the main thread of process `pid` is signalled; undefined where there is no such process any more.
 * Throws Refused where this kernel has none.
 */
export function signalDescriptor(pid: number): number | undefined {
  const open = inC('long syscall(long number, int pid, uint flags)');
  const fd = orErrno(Number(open(systemCalls().pidfdOpen, pid, PIDFD_THREAD)));
  if (fd >= 0) return fd;
  if (fd === -ESRCH) return undefined;
  throw new Refused(
    `signals to a thread are not to be had: pidfd_open(PIDFD_THREAD) failed with ${errorName(-fd)}. ` +
      (-fd === EINVAL
        ? `They need Linux 6.9 or newer; this is ${kernelRelease()}.`
        : 'Is this a container that forbids it?'),
  );
}

function kernelRelease(): string {
  try {
    return readFileSync('/proc/sys/kernel/osrelease', 'latin1').trim();
  } catch {
    return 'an older one';
  }
}

/** The calls that send and take signals. */
export function signalCalls() {
  const send = inC('long syscall(long number, int pidfd, int signal, size_t info, uint flags)');
  const wait = inC('int sigtimedwait(uint8_t *set, size_t info, int64_t *time)');
  const pending = inC('int sigpending(uint8_t *set)');
  const memory = koffi.alloc('uint8_t', SIGINFO);
  const info = new DataView(koffi.view(memory, SIGINFO));
  const at = Number(koffi.address(memory));
  const sets = new Map<number, Uint8Array>();
  const time = new BigInt64Array(2);

  const take = (which: number, deadline: number | undefined): number => {
    let set = sets.get(which);
    if (set === undefined) {
      set = signalSet(which);
      sets.set(which, set);
    }
    if (deadline === undefined) return uninterrupted(() => wait(set, at, null) as number);
    for (;;) {
      const left = Math.max(0, deadline - performance.now());
      time[0] = BigInt(Math.floor(left / 1000));
      time[1] = BigInt(Math.floor((left % 1000) * 1e6));
      const number = orErrno(wait(set, at, time) as number);
      if (number !== -EINTR) return number;
    }
  };
  return {
    signalSend(to: number, signal: number, value: number, from: number): number {
      for (let i = 0; i < SIGINFO; i += 4) info.setInt32(i, 0, true);
      info.setInt32(NUMBER, signalNumbers()[signal], true);
      info.setInt32(CODE, SI_QUEUE, true);
      info.setInt32(PID, from, true);
      info.setInt32(VALUE, value, true);
      const { pidfdSendSignal } = systemCalls();
      return uninterrupted(() => Number(send(pidfdSendSignal, to, signalNumbers()[signal], at, 0)));
    },
    signalTake(which: number, milliseconds: number): number {
      const number = take(which, milliseconds < 0 ? undefined : performance.now() + milliseconds);
      return number < 0 ? number : signalNumbers().indexOf(number);
    },
    signalFrom: (): number => info.getInt32(PID, true),
    signalValue: (): number => info.getInt32(VALUE, true),
    signalsPending(): number {
      const set = new Uint8Array(SIGSET);
      pending(set);
      return signalNumbers().reduce(
        (all, number, i) => (set[(number - 1) >> 3] & (1 << ((number - 1) & 7)) ? all | (1 << i) : all),
        0,
      );
    },
    signalsForgotten(): void {
      while (take(ALL, 0) !== -EAGAIN);
    },
  };
}
