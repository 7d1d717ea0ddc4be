// Remote procedure calls (Birrell and Nelson, "Implementing remote procedure calls", ACM TOCS 2(1), 1984): what looks like a
// call runs in another process. How calls are written is for the transport; here is what they wait for. What a
// call cannot hide is that the other process may die, or that the answer may take too long: then nobody knows whether
// the procedure was run.
import { arena, made } from '../shared/arena.ts';
import { NOT_YET } from '../shared/kernel.ts';
import { sealed } from '../shared/sealed.ts';
import { CONNECTION_ERRORS } from './connection.ts';
import { Descriptor } from './descriptor.ts';
import { grpcTransport } from './grpc-transport.ts';
import { IpcError } from './ipc-error.ts';
import { type KernelObject, kernelObject } from './kernel-object.ts';
import { oncTransport } from './onc-transport.ts';
import { onKernelObject, timedOnKernelObject } from './operation.ts';
import { Client } from './rpc-client.ts';
import { RpcLine } from './rpc-line.ts';
import { serveOne } from './rpc-server.ts';
import { connectionsOf, listed, type ServiceCalls, serviceOperations } from './service.ts';
import { tcpCalls, tcpWords } from './tcp.ts';
import type { Bodies, ProcedureTypes, Transport } from './transport.ts';
import { UNIX_WORDS, unixCalls } from './unix-socket.ts';
import type { ValueOf } from './xdr.ts';

const operations = serviceOperations('rpc', true);
const timedRead = timedOnKernelObject('rpc', 'client.timedRead', {
  late: true,
  shows: (most, got) => `(${most}) → ${got === 0 ? 'the end' : `${got} bytes`}`,
});
const stop = onKernelObject('rpc', 'stop');
export const rpcOperations = { ...listed(operations), timedRead, stop };

const EINVAL = 22;
/** What one direction of a connection over TCP holds in controlled runs, in bytes. */
const CAPACITY = 65_536;

/** Procedures by name, each with the types of its argument and its result. Numbers go by their order, from 1. */
export type Procedures = ProcedureTypes;

/**
 * What runs when a procedure is called. `xid` is the number of the call. By ONC RPC a call that is sent again keeps it; by gRPC it
 * is the number of the stream, which is a new one, and counted anew on every connection.
 */
export type Handlers<P extends Procedures> = {
  readonly [K in keyof P]: (argument: ValueOf<P[K][0]>, xid: number) => ValueOf<P[K][1]>;
};

/** The side that calls. */
export interface RpcClient<P extends Procedures> {
  /**
   * Calls a procedure of the server, and returns its result; blocks until that comes. Throws RpcError: CANT_RECEIVE or
   * CANT_SEND where the server is gone, which does not say whether the procedure was run.
   */
  call<K extends keyof P & string>(procedure: K, argument: ValueOf<P[K][0]>): ValueOf<P[K][1]>;
  /**
   * The same, but waits so many milliseconds at most: undefined where no answer came for that long, which does not
   * say whether the procedure was run, or will be. An answer that comes later is dropped.
   * @param options.repeats how often it is sent again when no answer came. Default 0
   */
  timedCall<K extends keyof P & string>(
    procedure: K,
    argument: ValueOf<P[K][0]>,
    milliseconds: number,
    options?: { repeats?: number },
  ): ValueOf<P[K][1]> | undefined;
  /** Closes the connection. */
  close(): void;
}

/** A program whose procedures can be called from other processes. */
export interface Rpc<P extends Procedures> {
  /**
   * Connects to whichever process serves it next; does not wait for one. Throws IpcError ECONNREFUSED once it was stopped,
   * RangeError where the process has no socket left for it.
   */
  connect(): RpcClient<P>;
  /**
   * Serves one connection after the other, each until its client closes it, and returns once `stop` was called. What
   * a handler throws ends it.
   */
  serve(handlers: Handlers<P>): void;
  /**
   * Nobody can connect any more: all who serve it return, once they have served who is connected (shutdown(2)). Over TCP,
   * connections that nobody has accepted yet are reset.
   */
  stop(): void;
}

class Program<P extends Procedures> implements Rpc<P> {
  readonly #of: KernelObject;
  readonly #calls: ServiceCalls;
  readonly #listener: Descriptor;
  readonly #transport: Transport;
  readonly #procedures: P;
  /** Sockets that are not connected yet. */
  readonly #free: number[];
  readonly #all: number;
  readonly #blocks: boolean;
  /** The word of the record that says, in controlled runs, that it was stopped. */
  readonly #stopped: number;
  /** The number of the next call, different in every process. */
  #xid: number;

  constructor(
    of: KernelObject,
    calls: ServiceCalls,
    connections: number,
    stopped: number,
    transport: Transport,
    procedures: P,
  ) {
    const { object, way, kernel, handles } = of;
    this.#of = of;
    this.#calls = calls;
    this.#listener = new Descriptor(object, way, kernel, handles[0], operations.close, {}, (fd) =>
      calls.closeListener(fd),
    );
    // None where the referee does not know yet what the solution asks for.
    if (handles.length > 0) kernel.atEnd(() => this.#listener.abandon());
    this.#free = handles.slice(1, 1 + connections);
    this.#all = connections;
    this.#blocks = handles[handles.length - 1] === 1;
    this.#stopped = stopped;
    this.#transport = transport;
    this.#procedures = procedures;
    this.#xid = (arena().me + 1) * 0x1000000;
  }

  connect(): RpcClient<P> {
    const fd = this.#free[0];
    // In `share` none has come yet, and the step says what is wrong.
    if (fd === undefined && this.#of.handles.length > 0) {
      throw new RangeError(
        `connect to rpc for the ${this.#all + 1}. time, and a process has ${this.#all} socket${this.#all === 1 ? '' : 's'} for that: keep the connection, or create it with { connections: ${this.#all + 1} }.`,
      );
    }
    const { object, way } = this.#of;
    const connection = way.attempt(operations.connect, object, 0, () => this.#calls.connect(fd));
    if (connection < 0) throw new IpcError('rpc connect', -connection, 'it was stopped');
    this.#free.shift();
    this.#xid += 0x10000;
    const line = this.#line(connection, 'client', fd);
    const client = new Client(line, this.#transport.calling(this.#xid));
    return Object.freeze(client) as unknown as RpcClient<P>;
  }

  serve(handlers: Handlers<P>): void {
    const bodies: Record<string, Bodies[string]> = {};
    for (const name of Object.keys(this.#procedures)) {
      const run = handlers[name] as Bodies[string];
      if (typeof run !== 'function') throw new TypeError(`serve without a handler for ${name}: give one.`);
      bodies[name] = (argument, xid) => run.call(handlers, argument, xid);
    }
    for (let line = this.#accept(); line !== undefined; line = this.#accept()) {
      serveOne(line, this.#transport.serving(bodies));
    }
  }

  stop(): void {
    const { words } = this.#of.record;
    this.#listener.step(stop, 0, (fd) => {
      const given = this.#of.kernel.calls.stopListening(fd);
      if (!this.#blocks) {
        words[this.#stopped] = 1;
        this.#calls.stopped?.();
      }
      return given;
    });
  }

  /** The next connection; undefined where nobody can connect any more. */
  #accept(): RpcLine | undefined {
    const { words } = this.#of.record;
    let line: RpcLine | undefined;
    const result = this.#listener.attempt(operations.accept, 0, (listener) => {
      const { given, fd } = this.#calls.accept(listener);
      if (given >= 0) line = this.#line(given, 'server', fd);
      // Calls that do not wait are not told that it was stopped (unix_accept).
      return given === NOT_YET && words[this.#stopped] === 1 ? -EINVAL : given;
    });
    if (result < 0 && result !== -EINVAL) throw new IpcError('rpc accept', -result);
    return line;
  }

  #line(connection: number, side: 'client' | 'server', fd: number): RpcLine {
    const { object, way, kernel } = this.#of;
    const line = this.#calls.line(connection, side);
    const steps = { ...operations[side], timedRead };
    const end = new Descriptor(object, way, kernel, fd, steps.close, CONNECTION_ERRORS, (given) =>
      line.close(given),
    );
    kernel.atEnd(() => end.abandon());
    return new RpcLine(end, kernel, steps, line, this.#blocks);
  }
}

sealed(Program);

/** Numbers of programs that anybody may use (RFC 5531, section 13). */
const OWN = { least: 0x20000000, most: 0x3fffffff };

/** How calls can be written. */
const TRANSPORTS = ['onc', 'grpc'] as const;

interface RpcOptions<P extends Procedures> {
  readonly procedures: P;
  readonly transport?: (typeof TRANSPORTS)[number];
  readonly over?: 'unix' | 'tcp';
  readonly connections?: number;
  readonly program?: number;
  readonly version?: number;
  readonly service?: string;
}

function transportFor<P extends Procedures>(options: RpcOptions<P>, procedures: P): Transport {
  const { transport = 'onc', program = OWN.least, version = 1, service = 'interleave.Program' } = options;
  if (!TRANSPORTS.includes(transport)) {
    throw new RangeError(`rpc by ${String(transport)}: use the transport 'onc' or 'grpc'.`);
  }
  if (!Number.isInteger(program) || program < OWN.least || program > OWN.most) {
    throw new RangeError(`rpc with program ${program}: use 0x20000000 to 0x3fffffff.`);
  }
  if (!Number.isInteger(version) || version < 0 || version > 0xffffffff) {
    throw new RangeError(`rpc with version ${version}: use a whole number from 0.`);
  }
  return transport === 'grpc'
    ? grpcTransport({ service, procedures })
    : oncTransport({ program, version, procedures });
}

/**
 * Creates a program whose procedures can be called from other processes.
 * @param options.procedures the types of each argument and result, by name: `{ pay: [xdr.int, xdr.bool] }`
 * @param options.transport how calls are written: `onc`, ONC RPC with XDR, or `grpc`, gRPC with protocol buffers. Default `onc`
 * @param options.over `unix`: a Unix-domain socket. `tcp`: TCP on loopback. Default `unix`
 * @param options.connections how often each process can connect, 0 to 64. Default 1
 * @param options.program of ONC RPC: its number, 0x20000000 to 0x3fffffff. Default 0x20000000
 * @param options.version of ONC RPC: from 0. Default 1
 * @param options.service of gRPC: its name, with that of its package. Default `interleave.Program`
 */
export function rpc<const P extends Procedures>(options: RpcOptions<P>): Rpc<P> {
  const { over = 'unix' } = options;
  const procedures = Object.freeze({ ...options.procedures });
  const connections = connectionsOf('rpc', options);
  if (over !== 'unix' && over !== 'tcp') throw new RangeError(`rpc over ${over}: use 'unix' or 'tcp'.`);
  const transport = transportFor(options, procedures);
  const wordsOf = over === 'tcp' ? tcpWords(connections) : () => UNIX_WORDS;
  const of = kernelObject('rpc', { connections, tcp: over === 'tcp' ? 1 : 0 }, (n) => wordsOf(n) + 1);
  const calls = over === 'tcp' ? tcpCalls(of, CAPACITY) : unixCalls(of, 0);
  const stopped = of.record.at + wordsOf(of.processes);
  return made(Object.freeze(new Program(of, calls, connections, stopped, transport, procedures)), of.object);
}
