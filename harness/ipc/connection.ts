// One end of a connection: a stream of bytes in each direction. The same for Unix-domain sockets and TCP.
import type { Kernel } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import { type Data, int32In, put, taken } from './bytes.ts';
import type { Descriptor } from './descriptor.ts';
import { onKernelObject } from './operation.ts';

/** One end of a connection. Bytes arrive in order, once, and without boundaries. */
export interface Connection {
  /**
   * Reads up to `most` bytes (at most 65,536); blocks while there are none. No bytes mean the end: the other side sends no
   * more (read(2)). Throws IpcError ECONNRESET where the other side closed before it had read all.
   */
  read(most: number): Uint8Array;
  /** Reads a whole number of 4 bytes; undefined at the end. Throws RangeError where the stream ends within it. */
  readInt32(): number | undefined;
  /**
   * Writes all of `data`; blocks while there is no room. Throws IpcError EPIPE or ECONNRESET where the other side has closed
   * (send(2)).
   */
  write(data: Data): void;
  /** Ends the direction in which this side writes: the other side reads the end behind what was sent (shutdown(2)). */
  shutdown(): void;
  /** Closes this process's descriptor of it (close(2)). */
  close(): void;
}

/** How calls on one end are made. Each gives what the system call gives, or minus its errno. */
export interface Line {
  read(fd: number, most: number): number;
  write(fd: number, at: number, bytes: number): number;
  shutdown(fd: number): number;
  close(fd: number): number;
}

/** The calls as they are. */
export const plainLine = ({ calls }: Kernel): Line => ({
  read: (fd, most) => calls.read(fd, 0, most),
  write: (fd, at, bytes) => calls.send(fd, at, bytes),
  shutdown: (fd) => calls.shutdown(fd),
  close: (fd) => calls.close(fd),
});

export interface EndOperations {
  readonly read: Operation;
  readonly write: Operation;
  readonly shutdown: Operation;
  readonly close: Operation;
}

/**
 * Operations of one end of a connection of kind `on`.
 * @param end what it is called in traces: `client`
 * @param other what the other end is called
 * @param since the operation by which a process gets that one; undefined where all have it from the beginning
 * @param late whether what the other side does may arrive later
 */
export function endOperations(
  on: string,
  end: string,
  other: string,
  late: boolean,
  since?: string,
): EndOperations {
  const until = { until: `${other}.close`, ...(since !== undefined && { since }) };
  return {
    read: onKernelObject(on, `${end}.read`, {
      ...until,
      late,
      shows: (most, got) => `(${most}) → ${got === 0 ? 'the end' : `${got} bytes`}`,
    }),
    write: onKernelObject(on, `${end}.write`, {
      ...until,
      late,
      shows: (bytes, sent) => `(${bytes} bytes)${sent < bytes ? ` → ${sent}` : ''}`,
    }),
    shutdown: onKernelObject(on, `${end}.shutdown`),
    close: onKernelObject(on, `${end}.close`),
  };
}

/** What errors of calls on a connection mean. */
export const CONNECTION_ERRORS = {
  32: 'the other side has closed it (SIGPIPE ends other programs here), or this side has shut it down',
  104: 'the other side closed it before it had read all that was sent',
  107: 'it is not connected any more',
};

export class End implements Connection {
  readonly #end: Descriptor;
  readonly #kernel: Kernel;
  readonly #operations: EndOperations;
  readonly #line: Line;

  constructor(end: Descriptor, kernel: Kernel, operations: EndOperations, line: Line) {
    this.#end = end;
    this.#kernel = kernel;
    this.#operations = operations;
    this.#line = line;
  }

  read(most: number): Uint8Array {
    const { buffer } = this.#kernel;
    if (!Number.isInteger(most) || most < 1 || most > buffer.length) {
      throw new RangeError(`read(${most}): ask for 1 to ${buffer.length} bytes.`);
    }
    return taken(
      this.#kernel,
      this.#end.step(this.#operations.read, most, (fd) => this.#line.read(fd, most)),
    );
  }

  readInt32(): number | undefined {
    const bytes = new Uint8Array(4);
    for (let got = 0; got < 4; ) {
      const more = this.read(4 - got);
      if (more.length === 0) {
        if (got === 0) return undefined;
        return int32In(bytes.slice(0, got));
      }
      bytes.set(more, got);
      got += more.length;
    }
    return int32In(bytes);
  }

  write(data: Data): void {
    const bytes = put(this.#kernel, data);
    // More than there is room for goes in piece by piece.
    for (let at = 0; at < bytes; ) {
      at += this.#end.step(this.#operations.write, bytes - at, (fd) => this.#line.write(fd, at, bytes - at));
    }
  }

  shutdown(): void {
    this.#end.step(this.#operations.shutdown, 0, (fd) => this.#line.shutdown(fd));
  }

  close(): void {
    this.#end.close();
  }
}
sealed(End);
