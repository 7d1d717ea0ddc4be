// The two ends of a stream of bytes that goes one way: pipes and FIFOs.
import type { Kernel } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import { type Data, int32In, put, taken } from './bytes.ts';
import type { Descriptor } from './descriptor.ts';
import { onKernelObject } from './operation.ts';

/** Bytes that one write puts into a pipe or FIFO as a whole: more may be torn apart. */
export const PIPE_BUF = 4096;
/** The least and most bytes that they can be made to hold: one page, and what an unprivileged process may ask for. */
export const CAPACITY = { least: 4096, most: 1_048_576 };

/**
 * Steps of both ends, of objects of kind `on`.
 * @param opens the operations that open an end. Default: every process has both from the beginning
 */
export const streamOperations = (on: string, opens: { reader?: string; writer?: string } = {}) => ({
  read: onKernelObject(on, 'reader.read', {
    shows: (most, got) => `(${most}) → ${got === 0 ? 'the end' : `${got} bytes`}`,
    until: 'writer.close',
    ...(opens.writer && { since: opens.writer }),
  }),
  closeReader: onKernelObject(on, 'reader.close'),
  write: onKernelObject(on, 'writer.write', {
    shows: (bytes, put) => `(${bytes} bytes)${put < bytes ? ` → ${put}` : ''}`,
    until: 'reader.close',
    ...(opens.reader && { since: opens.reader }),
  }),
  closeWriter: onKernelObject(on, 'writer.close'),
});

/** What errors at the writing end mean. */
export const BROKEN = { 32: 'nobody has the reading end open any more (SIGPIPE ends other programs here)' };

/** The end of a pipe or FIFO that is read. */
export interface PipeReader {
  /**
   * Reads up to `most` bytes (at most 65,536); blocks while there are none. No bytes mean the end: nobody has the writing
   * end open (read(2)).
   */
  read(most: number): Uint8Array;
  /** Reads a whole number of 4 bytes; undefined at the end. Throws RangeError where the stream ends within it. */
  readInt32(): number | undefined;
  /** Closes this process's reading end. */
  close(): void;
}

/** The end of a pipe or FIFO that is written. */
export interface PipeWriter {
  /**
   * Writes all of `data`; blocks while the pipe is full. Up to 4,096 bytes arrive in one piece, more may be mixed with what
   * others write. Throws IpcError EPIPE where nobody has the reading end open (write(2)).
   */
  write(data: Data): void;
  /** Closes this process's writing end. */
  close(): void;
}

/** Reads from descriptors that carry a stream of bytes. */
export class Reader implements PipeReader {
  readonly #end: Descriptor;
  readonly #kernel: Kernel;
  readonly #read: Operation;
  constructor(end: Descriptor, kernel: Kernel, read: Operation) {
    this.#end = end;
    this.#kernel = kernel;
    this.#read = read;
  }
  read(most: number): Uint8Array {
    const { buffer, calls } = this.#kernel;
    if (!Number.isInteger(most) || most < 1 || most > buffer.length) {
      throw new RangeError(`read(${most}): ask for 1 to ${buffer.length} bytes.`);
    }
    return taken(
      this.#kernel,
      this.#end.step(this.#read, most, (fd) => calls.read(fd, 0, most)),
    );
  }
  readInt32(): number | undefined {
    let bytes = this.read(4);
    if (bytes.length === 0) return undefined;
    while (bytes.length < 4) {
      const more = this.read(4 - bytes.length);
      if (more.length === 0) break;
      const both = new Uint8Array(bytes.length + more.length);
      both.set(bytes);
      both.set(more, bytes.length);
      bytes = both;
    }
    return int32In(bytes);
  }
  close(): void {
    this.#end.close();
  }
}

/** Writes to descriptors that carry a stream of bytes. */
export class Writer implements PipeWriter {
  readonly #end: Descriptor;
  readonly #kernel: Kernel;
  readonly #write: Operation;
  constructor(end: Descriptor, kernel: Kernel, write: Operation) {
    this.#end = end;
    this.#kernel = kernel;
    this.#write = write;
  }
  write(data: Data): void {
    const { calls } = this.#kernel;
    const bytes = put(this.#kernel, data);
    // More than fits goes in piece by piece, and others may come in between.
    for (let at = 0; at < bytes; ) {
      at += this.#end.step(this.#write, bytes - at, (fd) => calls.write(fd, at, bytes - at));
    }
  }
  close(): void {
    this.#end.close();
  }
}

sealed(Reader, Writer);
