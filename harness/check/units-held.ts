// Who has something of a kernel object: locks and semaphores of the system do not say so themselves.
import { kernelDeaths } from '../ipc/operation.ts';
import { RECORD_WORDS } from '../process/control.ts';
import { Field } from '../process/trace-record.ts';
import { operations } from '../sync/operations.ts';
import type { RunView } from './run-view.ts';

const LOCKS = /Mutex$|Rwlock$|Lock$/;
/** Whoever has called it holds the lock alone. */
const ALONE = /^(lock|tryLock|timedLock|writeLock|tryWriteLock)$/;

/** Whether the object is a lock of the kernel: nobody has more than one unit of it. */
export const isLock = (view: RunView, object: number): boolean => LOCKS.test(view.objects[object].kind);

/** The processes that have taken more units of the kernel object than they gave back. In free runs that is not known. */
export function unitsHeld(view: RunView, object: number): number[] {
  if (view.mode !== 'controlled') return [];
  const lock = isLock(view, object);
  const closes = view.objects[object].kind === 'fileLock';
  const balance = new Map<number, number>();
  for (let i = 0, r = 0; i < view.outcome.steps; i++, r += RECORD_WORDS) {
    if (view.trace[r + Field.OBJECT] !== object || view.trace[r + Field.RESULT] < 0) continue;
    const { units, name, code } = operations[view.trace[r + Field.OPERATION]];
    const p = view.trace[r + Field.PROCESS] % view.processes;
    // A file's lock is one, however often it was asked for, and goes with what was opened.
    if (closes && (code === kernelDeaths.closed.code || units === -1)) balance.delete(p);
    else if (units !== undefined) {
      if (ALONE.test(name)) balance.clear();
      const now = (balance.get(p) ?? 0) + units;
      balance.set(p, lock ? Math.max(0, now) : now);
    }
  }
  return [...balance].filter(([, n]) => n > 0).map(([p]) => p);
}
