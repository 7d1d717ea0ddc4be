// What the kernel tells about another process (proc_pid_stat(5)).
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessState {
  /** `R` running, `S` sleeping, `Z` ended but not collected … ; `X` where the process is gone. */
  readonly state: string;
  /** Processor time that it has used, in milliseconds, in steps of a clock tick (10 ms). */
  readonly cpu: number;
}

const TICK = 10; // USER_HZ is 100 on all Linux platforms that user space sees

/** The state of process `pid` now. */
export function processState(pid: number): ProcessState {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return { state: 'X', cpu: 0 };
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0], cpu: (Number(fields[11]) + Number(fields[12])) * TICK };
}

/**
 * How often threads of process `pid` have been put to sleep so far; undefined where one of them does not sleep. The same in two
 * looks, none has moved in between, and none will before something from outside comes. The main thread alone does not tell
 * that: it also sleeps while it waits for helpers of its own, which collect garbage.
 */
export function asleepFor(pid: number): number | undefined {
  try {
    let switches = 0;
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const status = readFileSync(`/proc/${pid}/task/${thread}/status`, 'latin1');
      if (!/^State:\s*S/m.test(status)) return undefined;
      for (const [, n] of status.matchAll(/^(?:non)?voluntary_ctxt_switches:\s*(\d+)/gm))
        switches += Number(n);
    }
    return switches;
  } catch {
    return undefined; // a thread, or the process, has just ended
  }
}

/**
 * Whether a thread of process `pid` runs, or waits for a processor. State `S` does not rule that out: it is set before a
 * thread looks for the last time whether it has to sleep, and on a busy machine it can be held up there. May wait for a
 * tick. False where the system does not tell (proc_pid_syscall(5)).
 */
export function runs(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).some((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/syscall`, 'latin1').startsWith('running'),
    );
  } catch {
    return false;
  }
}

/** What the kernel keeps process `pid` from: a filter of system calls, and bytes of memory that it may write to. */
export interface Confinement {
  readonly filtered: boolean;
  /** Undefined where there is no limit. */
  readonly memory: number | undefined;
}

/** The confinement of process `pid` (proc_pid_status(5), proc_pid_limits(5)). Throws where the process is gone. */
export function confinementOf(pid: number): Confinement {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
  const memory = /^Max data size\s+(\d+)/m.exec(limits)?.[1];
  return {
    filtered: /^Seccomp:\s*2$/m.test(status),
    memory: memory === undefined ? undefined : Number(memory),
  };
}
