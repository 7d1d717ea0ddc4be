// The anonymous pipe (pipe(7)): bytes in order, without boundaries; writes of up to PIPE_BUF bytes are not torn apart. As
// after fork(2), every process has both ends open until it closes them. A reader sees the end of the stream only when
// nobody has the writing end open any more, the reader itself included.
import { made } from '../shared/arena.ts';
import type { Kernel } from '../shared/kernel.ts';
import { sealed } from '../shared/sealed.ts';
import { type Data, int32In, put, taken } from './bytes.ts';
import { Descriptor } from './descriptor.ts';
import { kernelObject } from './kernel-object.ts';
import { onKernelObject } from './operation.ts';

/** Bytes that one write puts into a pipe as a whole (PIPE_BUF on Linux). */
export const PIPE_BUF = 4096;
/** The least and most bytes that a pipe can be made to hold: one page, and what an unprivileged process may ask for. */
const CAPACITIES = { least: 4096, most: 1_048_576 };

const read = onKernelObject('pipe', 'reader.read', {
  shows: (most, got) => `(${most}) → ${got === 0 ? 'the end' : `${got} bytes`}`,
  until: 'writer.close',
});
const closeReader = onKernelObject('pipe', 'reader.close');
const write = onKernelObject('pipe', 'writer.write', {
  shows: (bytes, put) => `(${bytes} bytes)${put < bytes ? ` → ${put}` : ''}`,
  until: 'reader.close',
});
const closeWriter = onKernelObject('pipe', 'writer.close');
export const pipeOperations = { read, closeReader, write, closeWriter };

const BROKEN = { 32: 'nobody has the reading end open any more (SIGPIPE ends other programs here)' };

/** The end of a pipe that is read. */
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

/** The end of a pipe that is written. */
export interface PipeWriter {
  /**
   * Writes all of `data`; blocks while the pipe is full. Up to 4,096 bytes arrive in one piece, more may be mixed with what
   * others write. Throws IpcError EPIPE where nobody has the reading end open (write(2)).
   */
  write(data: Data): void;
  /** Closes this process's writing end. */
  close(): void;
}

/** A pipe that all processes of the run have open, both ends. */
export interface Pipe {
  readonly reader: PipeReader;
  readonly writer: PipeWriter;
}

/** Reads from descriptors that carry a stream of bytes. */
class Reader implements PipeReader {
  readonly #end: Descriptor;
  readonly #kernel: Kernel;
  constructor(end: Descriptor, kernel: Kernel) {
    this.#end = end;
    this.#kernel = kernel;
  }
  read(most: number): Uint8Array {
    const { buffer, calls } = this.#kernel;
    if (!Number.isInteger(most) || most < 1 || most > buffer.length) {
      throw new RangeError(`read(${most}): ask for 1 to ${buffer.length} bytes.`);
    }
    return taken(
      this.#kernel,
      this.#end.step(read, most, (fd) => calls.read(fd, 0, most)),
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

class Writer implements PipeWriter {
  readonly #end: Descriptor;
  readonly #kernel: Kernel;
  constructor(end: Descriptor, kernel: Kernel) {
    this.#end = end;
    this.#kernel = kernel;
  }
  write(data: Data): void {
    const { calls } = this.#kernel;
    const bytes = put(this.#kernel, data);
    // More than fits goes in piece by piece, and others may come in between.
    for (let at = 0; at < bytes; ) {
      at += this.#end.step(write, bytes - at, (fd) => calls.write(fd, at, bytes - at));
    }
  }
  close(): void {
    this.#end.close();
  }
}

sealed(Reader, Writer);

/**
 * Creates a pipe.
 * @param options.capacity bytes that it holds, 4,096 to 1,048,576, rounded up to pages. Default 65,536.
 */
export function pipe(options: { capacity?: number } = {}): Pipe {
  const capacity = options.capacity ?? 65_536;
  if (!Number.isInteger(capacity) || capacity < CAPACITIES.least || capacity > CAPACITIES.most) {
    throw new RangeError(
      `pipe with a capacity of ${capacity}: use ${CAPACITIES.least} to ${CAPACITIES.most} bytes.`,
    );
  }
  const { object, way, kernel, handles } = kernelObject('pipe', { capacity });
  const reader = new Reader(new Descriptor(object, way, kernel, handles[0], closeReader), kernel);
  const writer = new Writer(new Descriptor(object, way, kernel, handles[1], closeWriter, BROKEN), kernel);
  return made(Object.freeze({ reader, writer }), object);
}
