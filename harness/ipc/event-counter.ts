// The event counter (eventfd(2)): one number in the kernel. Writing adds to it, reading takes all of it and waits while it
// is 0. As a semaphore, reading takes 1.
import { made } from '../shared/arena.ts';
import type { Kernel } from '../shared/kernel.ts';
import { sealed } from '../shared/sealed.ts';
import { Descriptor } from './descriptor.ts';
import { kernelObject } from './kernel-object.ts';
import { onKernelObject } from './operation.ts';

const kind = 'eventCounter';
const MOST_AT_FIRST = 2 ** 32 - 1;
const INT32 = 2 ** 31 - 1;

// The trace has 32 bits for what a call is given and gives; more is shown as the most.
const read = onKernelObject(kind, 'read', { shows: (_, n) => `() → ${n === INT32 ? 'much' : n}` });
const write = onKernelObject(kind, 'write', { given: (n) => (n === INT32 ? 'much' : String(n)) });
const close = onKernelObject(kind, 'close');
export const eventCounterOperations = { read, write, close };

/** A counter of the kernel that all processes of the run see. */
export interface EventCounter {
  /** Blocks while it is 0. Then takes all of it and returns that; as a semaphore, takes 1 (read(2)). */
  read(): number;
  /** Adds `n`, 1 to 2^53 - 1; blocks while there would be more than 2^64 - 2 (write(2)). Default 1. */
  write(n?: number): void;
  /** Closes this process's descriptor. */
  close(): void;
}

class Counter implements EventCounter {
  readonly #end: Descriptor;
  readonly #kernel: Kernel;
  constructor(end: Descriptor, kernel: Kernel) {
    this.#end = end;
    this.#kernel = kernel;
  }
  read(): number {
    const { buffer, calls } = this.#kernel;
    let n = 0;
    this.#end.step(read, 0, (fd) => {
      const given = calls.read(fd, 0, 8);
      if (given < 0) return given;
      n = 0;
      for (let i = 7; i >= 0; i--) n = n * 256 + buffer[i];
      return Math.min(n, INT32);
    });
    return n;
  }
  write(n = 1): void {
    const { buffer, calls } = this.#kernel;
    if (!Number.isSafeInteger(n) || n < 1) {
      throw new RangeError(`write(${n}): add a whole number from 1 to 2^53 - 1.`);
    }
    this.#end.step(write, Math.min(n, INT32), (fd) => {
      let rest = n;
      for (let i = 0; i < 8; i++) {
        buffer[i] = rest % 256;
        rest = Math.floor(rest / 256);
      }
      return calls.write(fd, 0, 8);
    });
  }
  close(): void {
    this.#end.close();
  }
}

sealed(Counter);

/**
 * Creates an event counter.
 * @param options.initial what it begins with, 0 to 2^32 - 1. Default 0.
 * @param options.semaphore whether a read takes 1 and not all (EFD_SEMAPHORE). Default false.
 */
export function eventCounter(options: { initial?: number; semaphore?: boolean } = {}): EventCounter {
  const initial = options.initial ?? 0;
  if (!Number.isInteger(initial) || initial < 0 || initial > MOST_AT_FIRST) {
    throw new RangeError(
      `eventCounter that begins with ${initial}: use a whole number from 0 to ${MOST_AT_FIRST}.`,
    );
  }
  const { object, way, kernel, handles } = kernelObject(kind, {
    initial,
    semaphore: options.semaphore ? 1 : 0,
  });
  return made(new Counter(new Descriptor(object, way, kernel, handles[0], close), kernel), object);
}
