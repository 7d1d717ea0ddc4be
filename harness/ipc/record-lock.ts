// Locks on ranges of a file (fcntl(2), open file description locks). As with fileLock, every process has opened the file for
// itself. Ranges may overlap, be split and grow together: what counts is who has which byte.
import { made } from '../shared/arena.ts';
import { type Kernel, NOTHING_DONE } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import { Descriptor } from './descriptor.ts';
import { IpcError } from './ipc-error.ts';
import { kernelObject } from './kernel-object.ts';
import { onKernelObject, triesKernelObject, trying } from './operation.ts';

const kind = 'recordLock';
// fcntl.h
const F_RDLCK = 0;
const F_WRLCK = 1;
const F_UNLCK = 2;
/** Bytes that can be locked: as many as two numbers of 16 bits in a trace can name. */
const BYTES = 65_536;

/** A range in one number: its first byte, and how many there are. */
const range = (start: number, length: number): number => (start << 16) | (length - 1);
const given = (packed: number): string => `${packed >>> 16}, ${(packed & 0xffff) + 1}`;
const tries = { given, shows: (packed: number) => `(${given(packed)}) → true` };

const readLock = onKernelObject(kind, 'readLock', { given });
const tryReadLock = triesKernelObject(kind, 'tryReadLock', tries);
const writeLock = onKernelObject(kind, 'writeLock', { given });
const tryWriteLock = triesKernelObject(kind, 'tryWriteLock', tries);
const unlock = onKernelObject(kind, 'unlock', { given });
const close = onKernelObject(kind, 'close');
export const recordLockOperations = { readLock, tryReadLock, writeLock, tryWriteLock, unlock, close };

/** Locks on the bytes of a file: from `start`, `length` of them, below 65,536. */
export interface RecordLock {
  /** Blocks while another process holds one of them for writing; then holds all with other readers (F_RDLCK). */
  readLock(start: number, length: number): void;
  /** The same if it need not wait; says whether it did. */
  tryReadLock(start: number, length: number): boolean;
  /** Blocks while another process holds one of them; then holds all of them alone (F_WRLCK). */
  writeLock(start: number, length: number): void;
  /** The same if it need not wait; says whether it did. */
  tryWriteLock(start: number, length: number): boolean;
  /** Lets those go that this process holds (F_UNLCK). */
  unlock(start: number, length: number): void;
  /** Closes the file, which lets all go. */
  close(): void;
}

class Records implements RecordLock {
  readonly #file: Descriptor;
  readonly #kernel: Kernel;
  readonly #blocks: boolean;
  constructor(file: Descriptor, kernel: Kernel, blocks: boolean) {
    this.#file = file;
    this.#kernel = kernel;
    this.#blocks = blocks;
  }
  #check({ name }: Operation, start: number, length: number): number {
    const within = Number.isInteger(start) && Number.isInteger(length) && start >= 0 && length >= 1;
    if (!within || start + length > BYTES) {
      throw new RangeError(`${name}(${start}, ${length}): lock 1 byte or more below ${BYTES}.`);
    }
    return range(start, length);
  }
  #wait(operation: Operation, type: number, start: number, length: number): void {
    const argument = this.#check(operation, start, length);
    this.#file.step(operation, argument, (fd) =>
      this.#kernel.calls.lockRange(fd, type, start, length, this.#blocks),
    );
  }
  #try(operation: Operation, type: number, start: number, length: number): boolean {
    const argument = this.#check(operation, start, length);
    const call = (fd: number): number => trying(this.#kernel.calls.lockRange(fd, type, start, length, false));
    const result = this.#file.attempt(operation, argument, call);
    if (result < 0 && result !== NOTHING_DONE) throw new IpcError(`${kind} ${operation.name}`, -result);
    return result === 0;
  }
  readLock(start: number, length: number): void {
    this.#wait(readLock, F_RDLCK, start, length);
  }
  tryReadLock(start: number, length: number): boolean {
    return this.#try(tryReadLock, F_RDLCK, start, length);
  }
  writeLock(start: number, length: number): void {
    this.#wait(writeLock, F_WRLCK, start, length);
  }
  tryWriteLock(start: number, length: number): boolean {
    return this.#try(tryWriteLock, F_WRLCK, start, length);
  }
  unlock(start: number, length: number): void {
    this.#wait(unlock, F_UNLCK, start, length);
  }
  close(): void {
    this.#file.close();
  }
}

sealed(Records);

/** Creates a file whose bytes processes lock, and do nothing else with. */
export function recordLock(): RecordLock {
  const { object, way, kernel, handles } = kernelObject(kind, {});
  const [, fd, blocks] = handles;
  const file = new Descriptor(object, way, kernel, fd, close);
  return made(new Records(file, kernel, blocks === 1), object);
}
