// Who holds what a process waits for. Locks say so themselves; a semaphore has no owner, so its holders are those who
// have taken more units than they gave back.

import { kernelDeaths } from '../ipc/operation.ts';
import { RECORD_WORDS } from '../process/control.ts';
import { Field } from '../process/trace-record.ts';
import { operations } from '../sync/operations.ts';
import { ownerOf } from '../sync/robust.ts';
import { readersOf } from '../sync/rwlock.ts';
import type { RunView, Standing } from './run-view.ts';
import { isLock, unitsHeld } from './units-held.ts';

/** Who holds the object that `s` waits for, as far as the run tells. Of a lock it may be the one that waits. */
export function holdersOf(view: RunView, s: Standing): number[] {
  const kind = view.objects[s.object]?.kind;
  const at = view.objects[s.object]?.at ?? -1;
  if (at < 0) return [];
  const word = view.data[at];
  if (kind === 'mutex') return ownerOf(word) < 0 ? [] : [ownerOf(word)];
  if (kind === 'rwlock') return word < 0 ? [-word - 1] : readersOf(view.data, at, view.processes);
  const { until, since, units } = operations[s.operation];
  if (until !== undefined) return view.mode === 'controlled' ? openersOf(view, s, until, since) : [];
  if (units !== undefined) return kernelHolders(view, s);
  if (kind === 'semaphore' && view.mode === 'controlled') return takersOf(view, s);
  if (kind === 'direct') return partnerOf(view, s);
  if (kind === 'remote') return calledBy(view, s);
  return [];
}

/** Whom `s` needs at a box of direct messages: who receives there, or who alone is to have sent. */
function partnerOf({ objects }: RunView, s: Standing): number[] {
  const owner = objects[s.object]?.owner ?? s.process;
  if (owner !== s.process) return [owner];
  return s.argument > 0 && s.argument - 1 !== s.process ? [s.argument - 1] : [];
}

/** Whom `s` needs among remote objects: who is to answer its call, or to read what is in its inbox. */
function calledBy({ objects }: RunView, s: Standing): number[] {
  const owner = objects[s.object]?.owner ?? s.process;
  if (owner !== s.process) return [owner];
  return operations[s.operation].name === 'awaitAnswer' ? [s.argument] : [];
}

/**
 * Who has open what operation `until` closes, and `since` opens: all others that have, or, where there is nobody else, the
 * one that waits itself.
 * @param since undefined where everybody has it from the beginning, as after fork(2)
 */
function openersOf(view: RunView, s: Standing, until: string, since: string | undefined): number[] {
  const have = new Set(since === undefined ? Array.from({ length: view.processes }, (_, p) => p) : []);
  for (let i = 0, r = 0; i < view.outcome.steps; i++, r += RECORD_WORDS) {
    if (view.trace[r + Field.OBJECT] !== s.object) continue;
    const { span, name, code } = operations[view.trace[r + Field.OPERATION]];
    const p = view.trace[r + Field.PROCESS] % view.processes;
    const done = span === 'kernel' && view.trace[r + Field.RESULT] >= 0;
    if (code === kernelDeaths.closed.code || (done && name === until)) have.delete(p);
    else if (done && name === since) have.add(p);
  }
  const open = [...have].sort((a, b) => a - b);
  const others = open.filter((p) => p !== s.process);
  return others.length > 0 ? others : open;
}

/** Who has something of the kernel object that `s` waits for. Of a lock it may be the one that waits. */
const kernelHolders = (view: RunView, s: Standing): number[] =>
  unitsHeld(view, s.object).filter((p) => p !== s.process || isLock(view, s.object));

/** Who has taken more units of the semaphore than it gave back, but for the one that waits. */
function takersOf(view: RunView, s: Standing): number[] {
  const balance = new Map<number, number>();
  for (let i = 0, r = 0; i < view.outcome.steps; i++, r += RECORD_WORDS) {
    if (view.trace[r + Field.OBJECT] !== s.object) continue;
    const { on, name } = operations[view.trace[r + Field.OPERATION]];
    if (on !== 'semaphore') continue;
    const p = view.trace[r + Field.PROCESS] % view.processes;
    const result = view.trace[r + Field.RESULT];
    let change = 0;
    if (name === 'undo') change = -(balance.get(p) ?? 0);
    else if (name === 'post') change = -1;
    // Where there was no unit the process joined a queue, and has one once it is granted.
    else if (name === 'wait') change = view.doubles[(r + Field.BEFORE) >> 1] > 0 ? 1 : 0;
    else if (['tryWait', 'timedWait', 'granted', 'timedGranted'].includes(name)) change = result;
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
