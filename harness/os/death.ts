// Dying with the parent: the kernel sends SIGKILL when the thread that started us ends, however it ends
// (PR_SET_PDEATHSIG, prctl(2)).
import { libc, SystemCallError } from './libc.ts';

const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;

/**
 * Asks to be killed when the parent dies. `parent` is the process id that the parent told us; if it is gone already
 * this process ends at once.
 */
export function dieWith(parent: number): void {
  const prctl = libc().func('int prctl(int option, ulong a, ulong b, ulong c, ulong d)');
  if ((prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) as number) !== 0)
    throw new SystemCallError('prctl(PR_SET_PDEATHSIG)');
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}
