// What the kernel tells about another process (proc_pid_stat(5)).
import { readFileSync } from 'node:fs';

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
