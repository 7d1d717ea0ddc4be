// Who holds what a process waits for. A mutex says so itself; a semaphore has no owner, so its holders are those who
// have taken more units than they gave back.
import { RECORD_WORDS } from '../process/control.ts';
import { Field } from '../process/trace-record.ts';
import { operations } from '../sync/operations.ts';
import type { RunView, Standing } from './run-view.ts';

/** Who holds the object that `s` waits for, as far as the trace tells. */
export function holdersOf(view: RunView, s: Standing): number[] {
  const kind = view.objects[s.object]?.kind;
  const at = view.objects[s.object]?.at ?? -1;
  if (at < 0) return [];
  const word = view.data[at];
  if (kind === 'mutex') return word > 0 ? [word - 1] : [];
  if (kind === 'rwlock' && word < 0) return [-word - 1];
  if (view.mode === 'free' || (kind !== 'semaphore' && kind !== 'rwlock')) return [];
  const balance = new Map<number, number>();
  for (let i = 0, r = 0; i < view.outcome.steps; i++, r += RECORD_WORDS) {
    if (view.trace[r + Field.OBJECT] !== s.object) continue;
    const { on, name } = operations[view.trace[r + Field.OPERATION]];
    if (on !== kind) continue;
    const p = view.trace[r + Field.PROCESS];
    const result = view.trace[r + Field.RESULT];
    let change = 0;
    if (name === 'post' || name === 'unlock') change = -1;
    else if (name === 'wait' || name === 'readLock') change = 1;
    else if (name === 'tryWait' || name === 'timedWait' || name.endsWith('ReadLock')) change = result;
    balance.set(p, (balance.get(p) ?? 0) + change);
  }
  return [...balance].filter(([p, n]) => n > 0 && p !== s.process).map(([p]) => p);
}

/** A cycle of processes, each waiting for what the next one holds; undefined where there is none. */
export function cycleOf(waits: ReadonlyMap<number, readonly number[]>): number[] | undefined {
  const visit = (p: number, path: number[]): number[] | undefined => {
    const at = path.indexOf(p);
    if (at >= 0) return path.slice(at);
    for (const q of waits.get(p) ?? []) {
      const found = visit(q, [...path, p]);
      if (found) return found;
    }
    return undefined;
  };
  for (const p of waits.keys()) {
    const found = visit(p, []);
    if (found) return found;
  }
  return undefined;
}
