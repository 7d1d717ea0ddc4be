// System V semaphores (semop(2)): a set of counts, and one call that changes several of them at once, or waits until it
// can change all. So two forks can be taken in one step. With SEM_UNDO the end of a process takes back what it did.
import { made } from '../shared/arena.ts';
import { NOTHING_DONE } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import { IpcError } from './ipc-error.ts';
import { type KernelObject, kernelObject } from './kernel-object.ts';
import { onKernelObject, tries, triesKernelObject, trying } from './operation.ts';
import { inOneNumber, inWords, type SemaphoreChange } from './semaphore-changes.ts';

const kind = 'sysvSemaphore';
/** SEMVMX. */
const MOST = 32_767;
/** Semaphores of a set, and operations of one call. Linux allows 32,000 and 500. */
const MOST_AT_ONCE = 32;
// struct sembuf: three numbers of 16 bits.
const SEMBUF = 6;
const IPC_NOWAIT = 0o4000;
const SEM_UNDO = 0x1000;

const semop = onKernelObject(kind, 'semop', { given: inWords });
const trySemop = triesKernelObject(kind, 'trySemop', {
  given: inWords,
  shows: (argument) => `(${inWords(argument)})${tries.shows?.(0, 0).slice(2)}`,
});
const value = onKernelObject(kind, 'value', { given: String, shows: (n, units) => `(${n}) = ${units}` });
const undo = onKernelObject(kind, 'undo');
export const sysvSemaphoreOperations = { semop, trySemop, value, undo };

const MEANS = { 34: `no semaphore has more than ${MOST} units` };

/** A set of semaphores of the system that all processes of the run see. */
export interface SysvSemaphore {
  /**
   * Makes all `changes`, in one step. A change is the number of a semaphore, and what is added to it: less than 0 takes
   * units and waits until there are that many; 0 waits until there are none. Throws IpcError ERANGE past 32,767 units.
   * @param options.undo whether the end of this process takes it back (SEM_UNDO). Default false.
   */
  semop(changes: readonly SemaphoreChange[], options?: { undo?: boolean }): void;
  /** The same, if it need not wait; says whether it did. Never blocks (IPC_NOWAIT). */
  trySemop(changes: readonly SemaphoreChange[], options?: { undo?: boolean }): boolean;
  /** The units of a semaphore now; another process may change it at once (semctl(2), GETVAL). */
  value(semaphore: number): number;
}

/**
 * What is in a list of the student's, in one of the lab's own: theirs may run code whenever it is looked at, also while the
 * call is made.
 */
function list<T>(given: readonly T[]): T[] {
  if (Array.isArray(given)) return Array.from(given);
  throw new TypeError(
    'semop takes a list of changes, each of a semaphore and what is added to it: [[0, -1]].',
  );
}

class SemaphoreSet implements SysvSemaphore {
  readonly #its: KernelObject;
  readonly #count: number;
  /** What the end of this process adds to each semaphore. */
  readonly #adjustments: number[];
  constructor(its: KernelObject, count: number) {
    this.#its = its;
    this.#count = count;
    this.#adjustments = new Array(count).fill(0);
    const owes = (): boolean => this.#adjustments.some((n) => n !== 0);
    const { kernel, way, object, handles } = its;
    if (handles.length === 0) return;
    kernel.opened(() => {
      if (owes()) way.attempt(undo, object, 0, () => this.#undo());
    });
    kernel.atEnd(() => {
      if (owes()) this.#undo();
    });
  }
  /**
   * What the kernel does at the end of a process; a count does not fall below 0. With SEM_UNDO once more, so that the
   * kernel finds nothing to undo when the process itself ends.
   */
  #undo(): number {
    const { calls } = this.#its.kernel;
    const [id] = this.#its.handles;
    for (const [n, adjustment] of this.#adjustments.entries()) {
      this.#adjustments[n] = 0;
      let change: number;
      do {
        change = Math.max(adjustment, -calls.semGetValue(id, n));
        if (change !== 0) this.#write(0, n, change, SEM_UNDO | IPC_NOWAIT);
      } while (change !== 0 && calls.semop(id, 0, 1) === -11);
    }
    return 0;
  }
  #write(at: number, semaphore: number, change: number, flags: number): void {
    const { buffer } = this.#its.kernel;
    for (const [i, n] of [semaphore, change, flags].entries()) {
      buffer[at * SEMBUF + 2 * i] = n;
      buffer[at * SEMBUF + 2 * i + 1] = n >> 8;
    }
  }
  #number(semaphore: number): number {
    if (!Number.isInteger(semaphore) || semaphore < 0 || semaphore >= this.#count) {
      throw new RangeError(`semaphore ${semaphore} of a set that has ${this.#count}: they count from 0.`);
    }
    return semaphore;
  }
  #operate(operation: Operation, given: readonly SemaphoreChange[], undo: boolean): boolean {
    const { way, object, kernel, handles } = this.#its;
    const changes: SemaphoreChange[] = [];
    for (const one of list(given)) {
      const [semaphore, change] = list(one);
      if (!Number.isInteger(change) || Math.abs(change) > MOST) {
        throw new RangeError(
          `${String(change)} added to a semaphore: use a whole number from -${MOST} to ${MOST}.`,
        );
      }
      changes.push([this.#number(semaphore), change]);
    }
    if (changes.length < 1 || changes.length > MOST_AT_ONCE) {
      throw new RangeError(`${changes.length} changes at once: use 1 to ${MOST_AT_ONCE}.`);
    }
    const [id, blocks] = handles;
    const flags = (undo ? SEM_UNDO : 0) | (blocks === 1 && operation === semop ? 0 : IPC_NOWAIT);
    const call = (): number => {
      for (const [i, [semaphore, change]] of changes.entries()) this.#write(i, semaphore, change, flags);
      const result = kernel.calls.semop(id, 0, changes.length);
      return operation === semop ? result : trying(result);
    };
    const result = way.attempt(operation, object, inOneNumber(changes), call);
    if (result === NOTHING_DONE) return false;
    if (result < 0) throw new IpcError(`${kind} ${operation.name}`, -result, MEANS[-result as 34]);
    if (undo) for (const [semaphore, change] of changes) this.#adjustments[semaphore] -= change;
    return true;
  }
  semop(changes: readonly SemaphoreChange[], options: { undo?: boolean } = {}): void {
    this.#operate(semop, changes, options.undo === true);
  }
  trySemop(changes: readonly SemaphoreChange[], options: { undo?: boolean } = {}): boolean {
    return this.#operate(trySemop, changes, options.undo === true);
  }
  value(semaphore: number): number {
    const { way, object, kernel, handles } = this.#its;
    const n = this.#number(semaphore);
    return way.attempt(value, object, n, () => kernel.calls.semGetValue(handles[0], n));
  }
}

sealed(SemaphoreSet);

/** Creates a set of System V semaphores with so many units each: 1 to 32 of them, of 0 to 32,767 units. */
export function sysvSemaphore(initial: readonly number[]): SysvSemaphore {
  const units = Array.from(initial);
  if (units.length < 1 || units.length > MOST_AT_ONCE) {
    throw new RangeError(
      `sysvSemaphore of ${units.length} semaphores: use a list of 1 to ${MOST_AT_ONCE} counts.`,
    );
  }
  for (const n of units) {
    if (!Number.isInteger(n) || n < 0 || n > MOST) {
      throw new RangeError(
        `sysvSemaphore with ${n} units: the initial count must be a whole number from 0 to ${MOST}.`,
      );
    }
  }
  const its = kernelObject(kind, Object.fromEntries(units.map((n, i) => [`s${i}`, n])));
  return made(new SemaphoreSet(its, units.length), its.object);
}
