// A service: a socket that listens, and connections to it. All processes have the listening socket open, as after
// fork(2); a connection has one end in the process that connected, and the other in the one that accepted.
import { made } from '../shared/arena.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import {
  CONNECTION_ERRORS,
  type Connection,
  End,
  type EndOperations,
  endOperations,
  type Line,
} from './connection.ts';
import { Descriptor } from './descriptor.ts';
import { IpcError } from './ipc-error.ts';
import type { KernelObject } from './kernel-object.ts';
import { onKernelObject } from './operation.ts';

/** Where connections are made. */
export interface Service {
  /**
   * Connects, and returns this process's end of the connection; blocks only where very many wait to be accepted. Throws
   * IpcError ECONNREFUSED where nobody has it open any more, RangeError where the process has no socket left for it
   * (connect(2)).
   */
  connect(): Connection;
  /** Takes the connection that has waited longest; blocks until there is one (accept(2)). */
  accept(): Connection;
  /** Closes this process's listening socket; connections stay. */
  close(): void;
}

export interface ServiceOperations {
  readonly connect: Operation;
  readonly accept: Operation;
  readonly close: Operation;
  readonly client: EndOperations;
  readonly server: EndOperations;
}

const numbered = (connection: number): string => `() → connection ${connection + 1}`;

/** Operations of a service of kind `on`; `late` as in `endOperations`. */
export const serviceOperations = (on: string, late: boolean): ServiceOperations => ({
  connect: onKernelObject(on, 'connect', { late, shows: (_, connection) => numbered(connection) }),
  accept: onKernelObject(on, 'accept', { late, shows: (_, connection) => numbered(connection) }),
  close: onKernelObject(on, 'close'),
  client: endOperations(on, 'client', 'server', late, 'accept'),
  server: endOperations(on, 'server', 'client', late, 'connect'),
});

/** The same in one list, in the order of their codes. */
export const listed = ({ connect, accept, close, client, server }: ServiceOperations) => ({
  connect,
  accept,
  close,
  clientRead: client.read,
  clientWrite: client.write,
  clientShutdown: client.shutdown,
  clientClose: client.close,
  serverRead: server.read,
  serverWrite: server.write,
  serverShutdown: server.shutdown,
  serverClose: server.close,
});

/** How a service's calls are made. */
export interface ServiceCalls {
  /** Connects `fd`. Gives the connection's number, or minus the errno. */
  connect(fd: number): number;
  /** Takes a connection from the listening socket `fd`. */
  accept(fd: number): { given: number; fd: number };
  closeListener(fd: number): number;
  /** In controlled runs: it does not listen any more, in any process. Default: nothing to note. */
  stopped?(): void;
  /** The calls on one end of the connection with this number. */
  line(connection: number, end: 'client' | 'server'): Line;
}

/** How many sockets for `connect` a process can be given. */
const CONNECTIONS = { least: 0, most: 64 };

/** Checks how many connections are asked for. Throws RangeError. */
export function connectionsOf(kind: string, { connections = 1 }: { connections?: number }): number {
  const { least, most } = CONNECTIONS;
  if (!Number.isInteger(connections) || connections < least || connections > most) {
    throw new RangeError(
      `${kind} with ${connections} connections for each process: use ${least} to ${most}. To send more, keep a connection open.`,
    );
  }
  return connections;
}

const ECONNREFUSED = 111;
const REFUSED = 'nobody has the listening socket open any more';

class SocketService implements Service {
  readonly #of: KernelObject;
  readonly #operations: ServiceOperations;
  readonly #calls: ServiceCalls;
  readonly #listener: Descriptor;
  /** Sockets that are not connected yet. */
  readonly #free: number[];
  readonly #all: number;

  constructor(of: KernelObject, operations: ServiceOperations, calls: ServiceCalls, connections: number) {
    const { object, way, kernel, handles } = of;
    this.#of = of;
    this.#operations = operations;
    this.#calls = calls;
    this.#listener = new Descriptor(object, way, kernel, handles[0], operations.close, {}, (fd) =>
      calls.closeListener(fd),
    );
    // None where the referee does not know yet what the solution asks for.
    if (handles.length > 0) kernel.atEnd(() => this.#listener.abandon());
    this.#free = handles.slice(1, 1 + connections);
    this.#all = connections;
  }

  connect(): Connection {
    const { object, way } = this.#of;
    const fd = this.#free[0];
    // In `share` none has come yet, and the step says what is wrong.
    if (fd === undefined && this.#of.handles.length > 0) {
      throw new RangeError(
        `connect to ${object.kind} for the ${this.#all + 1}. time, and a process has ${this.#all} socket${this.#all === 1 ? '' : 's'} for that: keep the connection, or create it with { connections: ${this.#all + 1} }.`,
      );
    }
    const { connect } = this.#operations;
    const connection = way.attempt(connect, object, 0, () => this.#calls.connect(fd));
    if (connection < 0) {
      throw new IpcError(`${object.kind} connect`, -connection, connection === -ECONNREFUSED ? REFUSED : '');
    }
    this.#free.shift();
    return this.#end(connection, 'client', fd);
  }

  accept(): Connection {
    let end: Connection | undefined;
    this.#listener.step(this.#operations.accept, 0, (listener) => {
      const { given, fd } = this.#calls.accept(listener);
      if (given >= 0) end = this.#end(given, 'server', fd);
      return given;
    });
    return end as Connection;
  }

  close(): void {
    this.#listener.close();
  }

  #end(connection: number, side: 'client' | 'server', fd: number): Connection {
    const { object, way, kernel } = this.#of;
    const operations = this.#operations[side];
    const line = this.#calls.line(connection, side);
    const end = new Descriptor(object, way, kernel, fd, operations.close, CONNECTION_ERRORS, (given) =>
      line.close(given),
    );
    kernel.atEnd(() => end.abandon());
    return new End(end, kernel, operations, line);
  }
}
sealed(SocketService);

/** A service over `of`. */
export const serviceOver = (
  of: KernelObject,
  operations: ServiceOperations,
  calls: ServiceCalls,
  connections: number,
): Service => made(Object.freeze(new SocketService(of, operations, calls, connections)), of.object);
