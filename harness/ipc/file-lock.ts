// The lock on a whole file (flock(2)). It belongs to what a process has opened: here every process has opened the file for
// itself, so they exclude each other; it is gone when that is closed, and so at the end of the process.
import { made } from '../shared/arena.ts';
import type { Kernel } from '../shared/kernel.ts';
import { NOTHING_DONE } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import { Descriptor } from './descriptor.ts';
import { IpcError } from './ipc-error.ts';
import { kernelObject } from './kernel-object.ts';
import { onKernelObject, tries, triesKernelObject, trying } from './operation.ts';

const kind = 'fileLock';
// sys/file.h
const LOCK_SH = 1;
const LOCK_EX = 2;
const LOCK_NB = 4;
const LOCK_UN = 8;

const readLock = onKernelObject(kind, 'readLock', { units: 1 });
const tryReadLock = triesKernelObject(kind, 'tryReadLock', { units: 1, ...tries });
const writeLock = onKernelObject(kind, 'writeLock', { units: 1 });
const tryWriteLock = triesKernelObject(kind, 'tryWriteLock', { units: 1, ...tries });
const unlock = onKernelObject(kind, 'unlock', { units: -1 });
const close = onKernelObject(kind, 'close', { units: -1 });
export const fileLockOperations = { readLock, tryReadLock, writeLock, tryWriteLock, unlock, close };

/**
 * A lock on a file. Who holds it for reading and asks for writing, or the other way round, lets go what it holds first, and
 * somebody else may come in between.
 */
export interface FileLock {
  /** Blocks while another process holds it for writing; then holds it with other readers (LOCK_SH). */
  readLock(): void;
  /** The same if it need not wait; says whether it did. Either way, what it held before is let go. */
  tryReadLock(): boolean;
  /** Blocks while another process holds it; then holds it alone (LOCK_EX). */
  writeLock(): void;
  /** The same if it need not wait; says whether it did. Either way, what it held before is let go. */
  tryWriteLock(): boolean;
  /** Lets it go. Nothing happens where this process does not hold it (LOCK_UN). */
  unlock(): void;
  /** Closes the file, which lets the lock go. */
  close(): void;
}

class WholeFile implements FileLock {
  readonly #file: Descriptor;
  readonly #kernel: Kernel;
  readonly #blocks: boolean;
  /** How this process holds it, LOCK_SH or LOCK_EX; else 0. */
  #held = 0;
  constructor(file: Descriptor, kernel: Kernel, blocks: boolean) {
    this.#file = file;
    this.#kernel = kernel;
    this.#blocks = blocks;
  }
  /** Linux, too, first takes away a lock of the other kind. Here that is a step of its own, so that others see it. */
  #letGo(how: number): void {
    if (this.#held !== 0 && this.#held !== how) this.unlock();
  }
  #wait(operation: Operation, how: number): void {
    this.#letGo(how);
    const flags = this.#blocks ? how : how | LOCK_NB;
    this.#file.step(operation, 0, (fd) => this.#kernel.calls.flock(fd, flags));
    this.#held = how;
  }
  #try(operation: Operation, how: number): boolean {
    this.#letGo(how);
    const call = (fd: number): number => trying(this.#kernel.calls.flock(fd, how | LOCK_NB));
    const given = this.#file.attempt(operation, 0, call);
    if (given < 0 && given !== NOTHING_DONE) throw new IpcError(`${kind} ${operation.name}`, -given);
    if (given === 0) this.#held = how;
    return given === 0;
  }
  readLock(): void {
    this.#wait(readLock, LOCK_SH);
  }
  tryReadLock(): boolean {
    return this.#try(tryReadLock, LOCK_SH);
  }
  writeLock(): void {
    this.#wait(writeLock, LOCK_EX);
  }
  tryWriteLock(): boolean {
    return this.#try(tryWriteLock, LOCK_EX);
  }
  unlock(): void {
    this.#file.step(unlock, 0, (fd) => this.#kernel.calls.flock(fd, LOCK_UN));
    this.#held = 0;
  }
  close(): void {
    this.#file.close();
  }
}

sealed(WholeFile);

/** Creates a file that processes lock, and do nothing else with. */
export function fileLock(): FileLock {
  const { object, way, kernel, handles } = kernelObject(kind, {});
  const [, fd, blocks] = handles;
  const file = new Descriptor(object, way, kernel, fd, close);
  return made(new WholeFile(file, kernel, blocks === 1), object);
}
