// What a worker can never do again once it is set up, whatever code gets hold of it: a filter of system calls
// (seccomp(2), with SECCOMP_FILTER_FLAG_TSYNC so that it holds for every thread). It starts no program or process,
// opens no file and no socket, and signals nobody but those whose descriptor the referee gave it, with signals that are
// meant for it (pidfd_send_signal(2)): it can get no such descriptor by itself. It may connect a socket
// (connect(2)): it has none but what the referee gave it, and those of the internet are bound to loopback. It may open
// one name, which stands for what it has open already: see reopen.ts. Where the kernel offers no filter the realm stands
// alone.
import koffi from 'koffi';
import { libc } from './libc.ts';
import { systemCalls } from './machine.ts';
import { NAME_ADDRESS, NAME_END } from './reopen.ts';

/** Lists of system calls by name and number: x86-64, arm64. */
const forbidden: readonly (readonly [string, number | undefined, number | undefined])[] = [
  ['open', 2, undefined],
  ['creat', 85, undefined],
  ['openat2', 437, 437],
  ['socket', 41, 198],
  ['socketpair', 53, 199],
  ['bind', 49, 200],
  ['fork', 57, undefined],
  ['vfork', 58, undefined],
  ['execve', 59, 221],
  ['execveat', 322, 281],
  ['ptrace', 101, 117],
  ['process_vm_readv', 310, 270],
  ['process_vm_writev', 311, 271],
  ['tkill', 200, 130],
  ['rt_sigqueueinfo', 129, 138],
  ['rt_tgsigqueueinfo', 297, 240],
  ['pidfd_open', 434, 434],
  ['pidfd_getfd', 438, 438],
  ['process_madvise', 440, 440],
  ['unlink', 87, undefined],
  ['unlinkat', 263, 35],
  ['rename', 82, undefined],
  ['renameat', 264, 38],
  ['renameat2', 316, 276],
  ['mkdir', 83, undefined],
  ['mkdirat', 258, 34],
  ['link', 86, undefined],
  ['linkat', 265, 37],
  ['symlink', 88, undefined],
  ['symlinkat', 266, 36],
  ['chmod', 90, undefined],
  ['fchmodat', 268, 53],
  ['chown', 92, undefined],
  ['fchownat', 260, 54],
  ['truncate', 76, 45],
  ['mount', 165, 40],
  ['memfd_create', 319, 279],
  ['shmget', 29, 194],
  ['semget', 64, 190],
  ['msgget', 68, 186],
  ['msgctl', 71, 187],
  ['mq_open', 240, 180],
  ['mq_unlink', 241, 181],
  ['sched_setaffinity', 203, 122],
  ['setsid', 112, 157],
  ['setpgid', 109, 154],
  ['io_uring_setup', 425, 425],
  ['bpf', 321, 280],
];

/** openat, for the one name that may be opened. */
const opens: readonly [number, number] = [257, 56];

/**
 * Calls that could put something else where that name lies: the argument that is an address and, where it counts only with
 * a flag, the argument that holds it, and the flag (mmap, munmap, mremap, shmat).
 */
const overlays: readonly (readonly [
  numbers: readonly [number, number],
  address: number,
  flags?: number,
  flag?: number,
])[] = [
  [[9, 222], 0, 3, 0x10], // MAP_FIXED
  [[11, 215], 0],
  [[25, 216], 0],
  [[25, 216], 4, 3, 2], // MREMAP_FIXED
  [[30, 196], 1, 2, 0o40000], // SHM_REMAP
];

const GETVAL = 12;

/** Calls that are allowed with one value of one argument only: kill and tgkill of this process, semctl to look at a count. */
const only: readonly (readonly [numbers: readonly [number, number], argument: number, value: number])[] = [
  [[62, 129], 0, process.pid],
  [[234, 131], 0, process.pid],
  [[66, 191], 2, GETVAL],
];

/**
 * Values of an argument that are refused: options of sockets by which one comes to a descriptor of the process at the other end,
 * which for the worker's own socket is the referee (SO_PEERPIDFD; SO_PASSPIDFD).
 */
const never: readonly (readonly [numbers: readonly [number, number], argument: number, value: number])[] = [
  [[55, 209], 2, 77],
  [[54, 208], 2, 76],
];

// linux/filter.h, linux/bpf_common.h
const LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
const EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const BITS = 0x45; // BPF_JMP | BPF_JSET | BPF_K
const AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
/** Where the lower half of an argument lies in seccomp_data; the upper one lies 4 bytes on. */
const argument = (n: number): number => 16 + 8 * n;
const CLONE_THREAD = 0x10000;
const SIGUSR1 = 10;
const SIGUSR2 = 12;
/** The first that the C library does not keep for itself. */
const FIRST_REAL_TIME = 34;
const RETURN = 0x06; // BPF_RET | BPF_K
const ALLOW = 0x7fff0000;
const REFUSE = 0x00050000 | 1; // SECCOMP_RET_ERRNO, EPERM
const NOT_THERE = 0x00050000 | 38; // SECCOMP_RET_ERRNO, ENOSYS
const PR_SET_NO_NEW_PRIVS = 38;
const SET_MODE_FILTER = 1;
const TSYNC = 1;
/** Without it some kernels slow down everything the process does from now on (SECCOMP_FILTER_FLAG_SPEC_ALLOW). */
const SPEC_ALLOW = 4;

/** One instruction of the filter: code, jumps if true and false, constant. */
type Instruction = readonly [number, number, number, number];

function program(): Instruction[] {
  const { audit } = systemCalls();
  const which = audit === 0xc000003e ? 0 : 1;
  const out: Instruction[] = [
    [LOAD, 0, 0, 4], // seccomp_data.arch
    [EQUAL, 1, 0, audit],
    [RETURN, 0, 0, REFUSE],
    [LOAD, 0, 0, 0], // seccomp_data.nr
    [EQUAL, 0, 1, systemCalls().futex], // first, since every hand-off makes two of them
    [RETURN, 0, 0, ALLOW],
  ];
  out.push(
    [EQUAL, 0, 6, opens[which]],
    [LOAD, 0, 0, argument(1)],
    [EQUAL, 0, 3, NAME_ADDRESS],
    [LOAD, 0, 0, argument(1) + 4],
    [EQUAL, 0, 1, 0],
    [RETURN, 0, 0, ALLOW],
    [RETURN, 0, 0, REFUSE],
  );
  for (const [numbers, address, flags, flag] of overlays) {
    const one: Instruction[] = [
      ...(flags === undefined || flag === undefined
        ? []
        : ([
            [LOAD, 0, 0, argument(flags)],
            [BITS, 0, 5, flag],
          ] as Instruction[])),
      [LOAD, 0, 0, argument(address) + 4],
      [EQUAL, 0, 3, 0],
      [LOAD, 0, 0, argument(address)],
      [AT_LEAST, 1, 0, NAME_END],
      [RETURN, 0, 0, REFUSE],
      [LOAD, 0, 0, 0], // seccomp_data.nr again
    ];
    out.push([EQUAL, 0, one.length, numbers[which]], ...one);
  }
  for (const [, x64, arm64] of forbidden) {
    const number = which === 0 ? x64 : arm64;
    if (number !== undefined) out.push([EQUAL, 0, 1, number], [RETURN, 0, 0, REFUSE]);
  }
  for (const [numbers, n, value] of only) {
    out.push(
      [EQUAL, 0, 4, numbers[which]],
      [LOAD, 0, 0, argument(n)],
      [EQUAL, 1, 0, value],
      [RETURN, 0, 0, REFUSE],
      [RETURN, 0, 0, ALLOW],
    );
  }
  for (const [numbers, n, value] of never) {
    out.push(
      [EQUAL, 0, 4, numbers[which]],
      [LOAD, 0, 0, argument(n)],
      [EQUAL, 0, 1, value],
      [RETURN, 0, 0, REFUSE],
      [RETURN, 0, 0, ALLOW],
    );
  }
  out.push(
    [EQUAL, 0, 6, systemCalls().pidfdSendSignal],
    [LOAD, 0, 0, argument(1)],
    [EQUAL, 3, 0, SIGUSR1],
    [EQUAL, 2, 0, SIGUSR2],
    [AT_LEAST, 1, 0, FIRST_REAL_TIME],
    [RETURN, 0, 0, REFUSE],
    [RETURN, 0, 0, ALLOW],
  );
  // Threads, but no processes; clone3 hides its flags behind a pointer, and libc falls back to clone without it.
  out.push(
    [EQUAL, 0, 1, 435],
    [RETURN, 0, 0, NOT_THERE],
    [EQUAL, 0, 3, which === 0 ? 56 : 220],
    [LOAD, 0, 0, 16],
    [BITS, 1, 0, CLONE_THREAD],
    [RETURN, 0, 0, REFUSE],
    [RETURN, 0, 0, ALLOW],
  );
  return out;
}

/** Confines this process for good. Returns whether the kernel did it. */
export function confine(): boolean {
  const instructions = program();
  const filter = koffi.alloc('uint8_t', instructions.length * 8);
  const bytes = new DataView(koffi.view(filter, instructions.length * 8));
  instructions.forEach(([code, yes, no, k], i) => {
    bytes.setUint16(i * 8, code, true);
    bytes.setUint8(i * 8 + 2, yes);
    bytes.setUint8(i * 8 + 3, no);
    bytes.setUint32(i * 8 + 4, k, true);
  });
  const header = koffi.alloc('uint8_t', 16); // struct sock_fprog
  const fprog = new DataView(koffi.view(header, 16));
  fprog.setUint16(0, instructions.length, true);
  fprog.setBigUint64(8, koffi.address(filter), true);
  const prctl = libc().func('int prctl(int option, ulong a, ulong b, ulong c, ulong d)');
  if ((prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) as number) !== 0) return false;
  const seccomp = libc().func('long syscall(long number, uint operation, uint flags, void *program)');
  return (seccomp(systemCalls().seccomp, SET_MODE_FILTER, TSYNC | SPEC_ALLOW, header) as number) === 0;
}
