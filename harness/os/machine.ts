// The numbers that differ between processor architectures. Linux on x86-64 and arm64 only.
import { arch, platform } from 'node:os';

interface SystemCalls {
  readonly futex: number;
  readonly seccomp: number;
  /** AUDIT_ARCH_* of seccomp_data. */
  readonly audit: number;
  readonly pidfdOpen: number;
  readonly pidfdSendSignal: number;
  /** Message queues: in the C library or in a library of their own, by its age. */
  readonly mq: {
    readonly open: number;
    readonly unlink: number;
    readonly timedsend: number;
    readonly timedreceive: number;
    readonly getsetattr: number;
  };
}

// include/uapi/asm-generic/unistd.h, arch/x86/entry/syscalls/syscall_64.tbl
const table: Readonly<Record<string, SystemCalls>> = {
  x64: {
    futex: 202,
    seccomp: 317,
    audit: 0xc000003e,
    pidfdOpen: 434,
    pidfdSendSignal: 424,
    mq: { open: 240, unlink: 241, timedsend: 242, timedreceive: 243, getsetattr: 245 },
  },
  arm64: {
    futex: 98,
    seccomp: 277,
    audit: 0xc00000b7,
    pidfdOpen: 434,
    pidfdSendSignal: 424,
    mq: { open: 180, unlink: 181, timedsend: 182, timedreceive: 183, getsetattr: 185 },
  },
};

/** One sentence where the lab cannot run here; undefined where it can. */
export function unsupported(): string | undefined {
  if (platform() !== 'linux') {
    return `Interleave needs Linux (WSL 2 and containers included); this is ${platform()}. On Windows, run it inside WSL 2; on a Mac, in a Linux container.`;
  }
  if (!(arch() in table)) return `Interleave runs on x86-64 and arm64; this is ${arch()}.`;
  return undefined;
}

/** System-call numbers of this machine. Throws where it is not supported. */
export function systemCalls(): SystemCalls {
  const calls = table[arch()];
  if (calls === undefined || platform() !== 'linux') throw new Error(unsupported());
  return calls;
}
