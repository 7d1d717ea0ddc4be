// What should have ordered two accesses that race: the lock under which the same data is accessed elsewhere in the
// run. A guess from what is mostly done (the idea of Savage et al., "Eraser", TOCS 15(4), 1997); it only words a
// finding and never makes one.
import { RECORD_WORDS } from '../process/control.ts';
import { Bit, Field } from '../process/trace-record.ts';
import { operations, plainOperations } from '../sync/operations.ts';
import type { RunView } from './run-view.ts';

/** A lock, and whether it was held at the first and at the second access of a race. */
export interface Guard {
  readonly object: number;
  readonly first: boolean;
  readonly second: boolean;
  /** Another lock, held where this one is not. */
  readonly instead: number | undefined;
}

/** Locks of the kernel. */
const kernels = new Set(['pthreadMutex', 'pthreadRwlock', 'fileLock']);

/** What an operation does to a lock by this name: 1 holds it, -1 lets it go, 0 neither. */
function change(on: string, name: string, result: number): number {
  if (kernels.has(on)) return name === 'unlock' ? -1 : result >= 0 && name !== 'consistent' ? 1 : 0;
  if (on !== 'mutex' && on !== 'rwlock' && on !== 'semaphore') return 0;
  if (name === 'unlock' || name === 'post') return -1;
  if (name === 'lock' || name === 'readLock' || name === 'writeLock' || name === 'granted') return 1;
  if (on === 'semaphore' && name === 'wait') return 1;
  return result === 1 && name !== 'value' ? 1 : 0;
}

/** The lock under which `object` is mostly accessed in the run, though not at both of the steps. */
export function guardOf(view: RunView, object: number, first: number, second: number): Guard | undefined {
  const { trace, doubles, objects, outcome, processes } = view;
  const held = Array.from({ length: processes }, () => new Set<number>());
  /** A semaphore is one if it was made with a single unit, and only posted by who took it. */
  const locks = new Map<number, boolean>();
  const under = new Map<number, number>();
  const atFirst = new Set<number>();
  const atSecond = new Set<number>();
  for (let i = 0, at = 0; i < outcome.steps; i++, at += RECORD_WORDS) {
    const operation = operations[trace[at + Field.OPERATION]];
    const own = held[trace[at + Field.PROCESS]];
    const id = trace[at + Field.OBJECT];
    if (operation === plainOperations.read || operation === plainOperations.write) {
      if (id !== object) continue;
      for (const lock of own) under.set(lock, (under.get(lock) ?? 0) + 1);
      if (i === first) for (const lock of own) atFirst.add(lock);
      if (i === second) for (const lock of own) atSecond.add(lock);
      continue;
    }
    if (objects[id]?.kind !== operation.on) continue;
    if (!locks.has(id))
      locks.set(id, operation.on !== 'semaphore' || doubles[(at + Field.BEFORE) >> 1] === 1);
    if (!locks.get(id) || (trace[at + Field.BITS] & Bit.GAVE_UP) !== 0) continue;
    const by = change(operation.on, operation.name, trace[at + Field.RESULT]);
    if (by > 0) own.add(id);
    else if (by < 0 && !own.delete(id)) locks.set(id, false);
  }
  let best: number | undefined;
  for (const [lock, times] of under) {
    if (!locks.get(lock) || (atFirst.has(lock) && atSecond.has(lock))) continue;
    if (best === undefined || times > (under.get(best) as number)) best = lock;
  }
  if (best === undefined) return undefined;
  const guard = { object: best, first: atFirst.has(best), second: atSecond.has(best) };
  const others = [...(guard.first ? [] : atFirst), ...(guard.second ? [] : atSecond)];
  return { ...guard, instead: others.find((lock) => locks.get(lock)) };
}
