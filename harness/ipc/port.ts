// A port: a socket that receives datagrams, and one that is connected to it, over which they are sent. As after fork(2)
// all processes have both open: whoever has the port may send to it and receive from it.
import { made } from '../shared/arena.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import { type Data, int32In, put, taken } from './bytes.ts';
import { Descriptor } from './descriptor.ts';
import type { KernelObject } from './kernel-object.ts';
import { onKernelObject } from './operation.ts';

/** Where datagrams are sent and received. Each arrives as a whole or not at all. */
export interface Port {
  /** Sends `data` as one datagram. Throws IpcError EMSGSIZE where it is too long (send(2)). */
  send(data: Data): void;
  /**
   * Takes the datagram that came first; blocks until there is one (recv(2)). Bytes of it beyond `most` are lost.
   * @param most bytes, 1 to 65,536. Default 65,536, which is more than any has.
   */
  receive(most?: number): Uint8Array;
  /** Takes a datagram that is a whole number of 4 bytes. Throws RangeError where it has fewer. */
  receiveInt32(): number;
  /** Closes this process's descriptors of it. */
  close(): void;
}

export interface PortOperations {
  readonly send: Operation;
  readonly receive: Operation;
  readonly close: Operation;
}

/** What a call gives whose datagram was dropped; longer than any is. */
export const DROPPED = 65_536;

/** Operations of a port of kind `on`. `late`: whether what is sent may arrive later. */
export const portOperations = (on: string, late: boolean): PortOperations => ({
  send: onKernelObject(on, 'send', {
    late,
    shows: (bytes, sent) => `(${bytes} bytes)${sent === DROPPED ? ' is lost: there is no room for it' : ''}`,
  }),
  receive: onKernelObject(on, 'receive', { late, shows: (_, got) => `() → ${got} bytes` }),
  close: onKernelObject(on, 'close'),
});

const TOO_LONG = { 90: 'a datagram goes as a whole: send less at once' };

class SocketPort implements Port {
  readonly #of: KernelObject;
  readonly #operations: PortOperations;
  readonly #send: (at: number, bytes: number) => number;
  readonly #receiver: Descriptor;

  constructor(of: KernelObject, operations: PortOperations, send: (at: number, bytes: number) => number) {
    const { object, way, kernel, handles } = of;
    this.#of = of;
    this.#operations = operations;
    this.#send = send;
    this.#receiver = new Descriptor(object, way, kernel, handles[0], operations.close, TOO_LONG, (fd) => {
      kernel.calls.close(handles[1]);
      return kernel.calls.close(fd);
    });
  }

  send(data: Data): void {
    const bytes = put(this.#of.kernel, data);
    this.#receiver.step(this.#operations.send, bytes, () => this.#send(0, bytes));
  }

  receive(most?: number): Uint8Array {
    const { kernel } = this.#of;
    const { length } = kernel.buffer;
    const upTo = most ?? length;
    if (!Number.isInteger(upTo) || upTo < 1 || upTo > length) {
      throw new RangeError(`receive(${most}): ask for 1 to ${length} bytes, or for nothing: receive().`);
    }
    const got = this.#receiver.step(this.#operations.receive, upTo, (fd) => kernel.calls.read(fd, 0, upTo));
    return taken(kernel, got);
  }

  receiveInt32(): number {
    return int32In(this.receive());
  }

  close(): void {
    this.#receiver.close();
  }
}
sealed(SocketPort);

/** A port over `of`, to which `send` sends what lies in the buffer. */
export const portOver = (
  of: KernelObject,
  operations: PortOperations,
  send: (at: number, bytes: number) => number,
): Port => made(Object.freeze(new SocketPort(of, operations, send)), of.object);
