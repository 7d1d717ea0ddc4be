// Remote procedure calls (Birrell and Nelson, "Implementing remote procedure calls", ACM TOCS 2(1), 1984): what looks like a
// call runs in another process. Here by ONC RPC (RFC 5531): arguments as XDR, in records, over a connection. What a
// call cannot hide is that the other process may die, or that the answer may take too long: then nobody knows whether
// the procedure was run.
import { arena, made } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import { NOT_YET } from '../shared/kernel.ts';
import { sealed } from '../shared/sealed.ts';
import { CONNECTION_ERRORS } from './connection.ts';
import { Descriptor } from './descriptor.ts';
import { IpcError } from './ipc-error.ts';
import { type KernelObject, kernelObject } from './kernel-object.ts';
import { answerTo, callBytes, type OncProcedure, type OncProgram, replyIn } from './onc-message.ts';
import { onKernelObject, timedOnKernelObject } from './operation.ts';
import { RpcError } from './rpc-error.ts';
import { LATE, RpcLine } from './rpc-line.ts';
import { connectionsOf, listed, type ServiceCalls, serviceOperations } from './service.ts';
import { tcpCalls, tcpWords } from './tcp.ts';
import { UNIX_WORDS, unixCalls } from './unix-socket.ts';
import { decoded, encoded, type ValueOf, type Xdr, XdrError } from './xdr.ts';

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
export type Procedures = Readonly<Record<string, readonly [argument: Xdr<unknown>, result: Xdr<unknown>]>>;

/** What runs when a procedure is called. `xid` is the number of the call; a call that is sent again keeps it. */
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
   * @param options.repeats how often it is sent again, with the same xid, when no answer came. Default 0
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

class Client<P extends Procedures> implements RpcClient<P> {
  readonly #line: RpcLine;
  readonly #program: number;
  readonly #version: number;
  readonly #procedures: P;
  #xid: number;

  constructor(line: RpcLine, program: number, version: number, procedures: P, xid: number) {
    this.#line = line;
    this.#program = program;
    this.#version = version;
    this.#procedures = procedures;
    this.#xid = xid;
  }

  call<K extends keyof P & string>(procedure: K, argument: ValueOf<P[K][0]>): ValueOf<P[K][1]> {
    const record = this.#record(procedure, argument);
    this.#send(procedure, record);
    return this.#answer(procedure, () => this.#line.receive()) as ValueOf<P[K][1]>;
  }

  timedCall<K extends keyof P & string>(
    procedure: K,
    argument: ValueOf<P[K][0]>,
    milliseconds: number,
    { repeats = 0 }: { repeats?: number } = {},
  ): ValueOf<P[K][1]> | undefined {
    if (!Number.isInteger(repeats) || repeats < 0) {
      throw new RangeError(`timedCall with ${String(repeats)} repeats: use a whole number from 0.`);
    }
    const time = duration(milliseconds);
    const record = this.#record(procedure, argument);
    for (let sent = 0; sent <= repeats; sent++) {
      this.#send(procedure, record);
      const answer = this.#answer(procedure, () => this.#line.receiveWithin(time));
      if (answer !== LATE) return answer as ValueOf<P[K][1]>;
    }
    return undefined;
  }

  close(): void {
    this.#line.close();
  }

  #record(procedure: string, argument: unknown): Uint8Array {
    const number = Object.keys(this.#procedures).indexOf(procedure) + 1;
    if (number === 0) {
      throw new RangeError(`call of ${procedure}: there are ${Object.keys(this.#procedures).join(', ')}.`);
    }
    const bytes = encoded(this.#procedures[procedure][0], argument); // may run code of the student's, which may call
    this.#xid++;
    return callBytes({
      ...{ xid: this.#xid, program: this.#program, version: this.#version, procedure: number },
      argument: bytes,
    });
  }

  #send(procedure: string, record: Uint8Array): void {
    try {
      this.#line.send(record);
    } catch (e) {
      throw e instanceof IpcError ? new RpcError(procedure, 'CANT_SEND') : e;
    }
  }

  /** The answer to the call that was sent last. Those to calls before are dropped: nobody waits for them any more. */
  #answer(procedure: string, next: () => Uint8Array | undefined | typeof LATE): unknown {
    for (;;) {
      const record = this.#next(procedure, next);
      if (record === LATE) return LATE;
      try {
        const { xid, outcome, result } = replyIn(record);
        if (xid !== this.#xid) continue;
        this.#line.answered();
        if (outcome !== 'SUCCESS') throw new RpcError(procedure, outcome);
        return decoded(this.#procedures[procedure][1], result);
      } catch (e) {
        throw e instanceof XdrError ? new RpcError(procedure, 'BAD_REPLY') : e;
      }
    }
  }

  #next(procedure: string, next: () => Uint8Array | undefined | typeof LATE): Uint8Array | typeof LATE {
    let record: Uint8Array | undefined | typeof LATE;
    try {
      record = next();
    } catch (e) {
      if (!(e instanceof IpcError)) throw e;
    }
    if (record === undefined) throw new RpcError(procedure, 'CANT_RECEIVE');
    return record;
  }
}

class Program<P extends Procedures> implements Rpc<P> {
  readonly #of: KernelObject;
  readonly #calls: ServiceCalls;
  readonly #listener: Descriptor;
  readonly #program: number;
  readonly #version: number;
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
    options: { readonly program: number; readonly version: number; readonly procedures: P },
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
    this.#program = options.program;
    this.#version = options.version;
    this.#procedures = options.procedures;
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
    return Object.freeze(new Client(line, this.#program, this.#version, this.#procedures, this.#xid));
  }

  serve(handlers: Handlers<P>): void {
    const procedures = new Map<number, OncProcedure>();
    for (const [i, [name, [argument, result]]] of Object.entries(this.#procedures).entries()) {
      const run = handlers[name] as OncProcedure['run'];
      if (typeof run !== 'function') throw new TypeError(`serve without a handler for ${name}: give one.`);
      procedures.set(i + 1, { argument, result, run: (value, xid) => run.call(handlers, value, xid) });
    }
    const served = { program: this.#program, version: this.#version, procedures };
    for (let line = this.#accept(); line !== undefined; line = this.#accept()) serveOne(line, served);
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

/** Answers the calls on one connection until its end. */
function serveOne(line: RpcLine, served: OncProgram): void {
  const gone = (e: unknown): undefined => {
    if (!(e instanceof IpcError)) throw e;
  };
  const next = (): Uint8Array | undefined => {
    try {
      return line.receive();
    } catch (e) {
      return gone(e);
    }
  };
  for (let record = next(); record !== undefined; record = next()) {
    const answer = answerTo(record, served);
    try {
      if (answer !== undefined) line.send(answer);
    } catch (e) {
      gone(e); // who called does not wait any more
    }
  }
  line.close();
}
sealed(Client, Program);

/** Numbers of programs that anybody may use (RFC 5531, section 13). */
const OWN = { least: 0x20000000, most: 0x3fffffff };

/**
 * Creates a program whose procedures can be called from other processes, by ONC RPC.
 * @param options.procedures the types of each argument and result, by name: `{ pay: [xdr.int, xdr.bool] }`
 * @param options.transport how calls are written: `onc`. Default `onc`
 * @param options.over `unix`: a Unix-domain socket. `tcp`: TCP on loopback. Default `unix`
 * @param options.connections how often each process can connect, 0 to 64. Default 1
 * @param options.program its number, 0x20000000 to 0x3fffffff. Default 0x20000000
 * @param options.version from 0. Default 1
 */
export function rpc<const P extends Procedures>(options: {
  readonly procedures: P;
  readonly transport?: 'onc';
  readonly over?: 'unix' | 'tcp';
  readonly connections?: number;
  readonly program?: number;
  readonly version?: number;
}): Rpc<P> {
  const { procedures, transport = 'onc', over = 'unix', program = OWN.least, version = 1 } = options;
  const connections = connectionsOf('rpc', options);
  if (transport !== 'onc') throw new RangeError(`rpc by ${transport}: use the transport 'onc'.`);
  if (over !== 'unix' && over !== 'tcp') throw new RangeError(`rpc over ${over}: use 'unix' or 'tcp'.`);
  if (!Number.isInteger(program) || program < OWN.least || program > OWN.most) {
    throw new RangeError(`rpc with program ${program}: use 0x20000000 to 0x3fffffff.`);
  }
  if (!Number.isInteger(version) || version < 0 || version > 0xffffffff) {
    throw new RangeError(`rpc with version ${version}: use a whole number from 0.`);
  }
  const wordsOf = over === 'tcp' ? tcpWords(connections) : () => UNIX_WORDS;
  const of = kernelObject('rpc', { connections, tcp: over === 'tcp' ? 1 : 0 }, (n) => wordsOf(n) + 1);
  const calls = over === 'tcp' ? tcpCalls(of, CAPACITY) : unixCalls(of, 0);
  const stopped = of.record.at + wordsOf(of.processes);
  const own = { program, version, procedures: Object.freeze({ ...procedures }) };
  return made(Object.freeze(new Program(of, calls, connections, stopped, own)), of.object);
}
