// What processes have, and what they left: seen from outside, by other means than those by which the lab clears up.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { inC } from '../../harness/os/libc.ts';
import { systemCalls } from '../../harness/os/machine.ts';
import { processState } from '../../harness/os/proc.ts';
import { clean } from '../../harness/process/leftovers.ts';

/** The living children of process `pid` (proc_tid_children(5)). */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1')
      .split(' ')
      .filter((child) => child !== '')
      .map(Number)
      .filter(isAlive);
  } catch {
    return [];
  }
}

/** Whether it has not ended: one that was not collected yet holds nothing any more. */
const isAlive = (pid: number): boolean => !'ZX'.includes(processState(pid).state);

/** What process `pid` has open: the kinds of its descriptors, in order. */
export function openIn(pid: number): string {
  const kinds = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`).replace(/\d+/g, '#')];
    } catch {
      return [];
    }
  });
  return kinds.sort().join(' ');
}

/** Names of message queues that somebody has left. They are tried: where nothing is mounted they cannot be listed. */
function queues(): string[] {
  const { mq } = systemCalls();
  const open = inC('long syscall(long number, const char *name, int flags)');
  const close = inC('int close(int fd)');
  return Array.from({ length: 8 }, (_, n) => `interleave-${process.geteuid?.()}-${n}`).filter((name) => {
    const fd = Number(open(mq.open, name, 0));
    if (fd >= 0) close(fd);
    return fd >= 0;
  });
}

const list = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Looks that are taken before a name counts as left: others who are at work have some for a moment. */
const LOOKS = 5;

/** What is left of process `pid`, which was killed, and of others, when it was cleared up. */
export async function leftBy(pid: number, temporary: string): Promise<string[]> {
  for (let look = 1; ; look++) {
    sweep(temporary);
    const left = namesOf(pid, temporary, true);
    if (left.length === 0 || look === LOOKS) return left;
    await delay(20);
  }
}

/** Clears up as the next one who makes kernel objects would, with `temporary` for its files. */
function sweep(temporary: string): void {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
  clean(false);
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
}

/**
 * Names and ids in the system that process `pid` made, and files in `temporary`, which are nobody else's.
 * @param all also names that do not say who made them
 */
export function namesOf(pid: number, temporary: string, all: boolean): string[] {
  const key = (0x1ea << 14) | (pid % (1 << 14)); // os/sysv-key.ts
  const ids = ['msg', 'sem', 'shm'].flatMap((kind) =>
    readFileSync(`/proc/sysvipc/${kind}`, 'latin1')
      .split('\n')
      .filter((line) => Number.parseInt(line, 10) >> 6 === key)
      .map((line) => `System V ${kind} ${line.trim().split(/\s+/)[1]}`),
  );
  return [
    ...ids,
    ...list('/dev/shm')
      // The C library makes a named semaphore under a name of its own first.
      .filter((name) => name.includes(`interleave-${pid}-`) || /^sem\.\w{6}$/.test(name))
      .map((name) => `/dev/shm/${name}`),
    ...list(temporary).map((name) => `file ${name}`),
    ...(all ? queues().map((name) => `message queue ${name}`) : []),
  ];
}

/** Milliseconds that processes may take to go. */
const GOING = 20_000;

/** Those of `pids`, and workers of process `referee`, that are still there when they had the time to go. */
export async function survivors(pids: readonly number[], referee: number): Promise<string[]> {
  const limit = performance.now() + GOING;
  const workers = (): number[] =>
    readdirSync('/proc')
      .map(Number)
      .filter((pid) => Number.isInteger(pid) && isAlive(pid) && isWorkerOf(pid, referee));
  for (;;) {
    const alive = pids.filter(isAlive);
    if (alive.length === 0 && workers().length === 0) return [];
    if (performance.now() > limit) return [...alive, ...workers()].map((pid) => `process ${pid}`);
    await delay(2);
  }
}

function isWorkerOf(pid: number, referee: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').endsWith(`\0${referee}\0`);
  } catch {
    return false;
  }
}
