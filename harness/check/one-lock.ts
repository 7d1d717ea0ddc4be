// The quick way to know that a run has no data race: every element is used by one process alone, or only read, or
// always under one and the same mutex (the discipline of Savage et al., "Eraser", TOCS 15(4), 1997). What a mutex is held
// for comes before whatever it is held for later, so then all accesses are ordered and no clock is needed. Where a run
// does otherwise nothing follows: it may have a race or not.
import { RECORD_WORDS } from '../process/control.ts';
import type { ObjectNames } from '../process/object-names.ts';
import { Field } from '../process/trace-record.ts';
import { mutexOperations } from '../sync/mutex.ts';
import { operations, plainOperations } from '../sync/operations.ts';

/** What a step does that this looks at. */
const Does = { NOTHING: 0, READ: 1, WRITE: 2, LOCK: 3, TRY: 4, UNLOCK: 5 } as const;

const does = new Uint8Array(operations.length);
does[plainOperations.read.code] = Does.READ;
does[plainOperations.write.code] = Does.WRITE;
does[mutexOperations.lock.code] = Does.LOCK;
does[mutexOperations.tryLock.code] = Does.TRY;
does[mutexOperations.timedLock.code] = Does.TRY;
does[mutexOperations.unlock.code] = Does.UNLOCK;

/** Words kept of an element. */
const Kept = {
  RUN: 0,
  /** The process that has used it, or SEVERAL. */
  USER: 1,
  /** Mutexes that were held at every access, as bits. */
  LOCKS: 2,
  WRITTEN: 3,
} as const;
const KEPT = 4;
const SEVERAL = -1;

/** Mutexes beyond so many count as none. */
const MOST_LOCKS = 31;

export class OneLock {
  #objects: ObjectNames = [];
  /** Where the elements of an object begin, counted over all objects. */
  #from = new Int32Array(0);
  /** The bit of each mutex. */
  #bits = new Int32Array(0);
  #elements = new Int32Array(0);
  /** Mutexes that each process holds. */
  #held = new Int32Array(0);
  #run = 0;

  /** Whether that can be said of the first `steps` steps of a run. */
  guards(trace: Int32Array, steps: number, processes: number, objects: ObjectNames): boolean {
    if (objects !== this.#objects) this.#layOut(objects);
    if (this.#held.length < processes) this.#held = new Int32Array(processes);
    const held = this.#held;
    const bits = this.#bits;
    const elements = this.#elements;
    const from = this.#from;
    const run = ++this.#run;
    for (let p = 0; p < processes; p++) held[p] = 0;
    for (let at = 0; at < steps * RECORD_WORDS; at += RECORD_WORDS) {
      const what = does[trace[at + Field.OPERATION]];
      if (what === Does.NOTHING) continue;
      const p = trace[at + Field.PROCESS];
      const object = trace[at + Field.OBJECT];
      if (what >= Does.LOCK) {
        if (what === Does.UNLOCK) held[p] &= ~bits[object];
        else if (what === Does.LOCK || trace[at + Field.RESULT] === 1) held[p] |= bits[object];
        continue;
      }
      const e = (from[object] + trace[at + Field.INDEX]) * KEPT;
      if (elements[e + Kept.RUN] !== run) {
        elements[e + Kept.RUN] = run;
        elements[e + Kept.USER] = p;
        elements[e + Kept.LOCKS] = held[p];
        elements[e + Kept.WRITTEN] = what === Does.WRITE ? 1 : 0;
        continue;
      }
      const locks = elements[e + Kept.LOCKS] & held[p];
      elements[e + Kept.LOCKS] = locks;
      if (what === Does.WRITE) elements[e + Kept.WRITTEN] = 1;
      if (elements[e + Kept.USER] !== p) elements[e + Kept.USER] = SEVERAL;
      if (locks === 0 && elements[e + Kept.USER] === SEVERAL && elements[e + Kept.WRITTEN] === 1)
        return false;
    }
    return true;
  }

  #layOut(objects: ObjectNames): void {
    this.#objects = objects;
    this.#from = new Int32Array(objects.length);
    this.#bits = new Int32Array(objects.length);
    let elements = 0;
    let locks = 0;
    for (const [id, { kind, length }] of objects.entries()) {
      this.#from[id] = elements;
      elements += length;
      if (kind === 'mutex' && locks < MOST_LOCKS) this.#bits[id] = 1 << locks++;
    }
    this.#elements = new Int32Array(elements * KEPT);
    this.#run = 0;
  }
}
