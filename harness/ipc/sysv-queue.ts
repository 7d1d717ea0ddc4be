// The System V message queue (msgget(2), msgop(2)): messages with boundaries and a type. Whoever receives says which types;
// among those that fit, the one that was sent first comes, or the one with the lowest type. There is no descriptor: it
// is there until somebody removes it, and after a run the lab does.
import { made } from '../shared/arena.ts';
import { type Calls, NOT_YET, NOTHING_DONE } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import { type Data, inBytes, int32In, put } from './bytes.ts';
import { IpcError } from './ipc-error.ts';
import { type KernelObject, kernelObject } from './kernel-object.ts';
import { Message } from './message.ts';
import { onKernelObject, triesKernelObject } from './operation.ts';

/** What every Linux allows an ordinary process (/proc/sys/kernel/msgmnb), so that a solution works wherever it comes. */
const MOST_BYTES = 16_384;
/** The lab's own limit: the system has 64 bits for it. */
const MOST_TYPE = 32_767;
/** The type that lies before a message's bytes, in bytes. */
const TYPE = 8;
const IPC_NOWAIT = 0o4000;
const ENOMSG = 42;
const EINVAL = 22;

/** Type and bytes in one number. */
const BYTES = 65_536;
const message = (both: number): string => `${inBytes(both % BYTES)}, type ${Math.floor(both / BYTES)}`;
const which = (type: number): string =>
  type === 0 ? 'any type' : type < 0 ? `lowest type up to ${-type}` : `type ${type}`;
const sends = { given: message, shows: (both: number) => `(${message(both)})` };
const triesToSend = { given: message, shows: (both: number) => `(${message(both)}) → true` };
const receives = {
  given: which,
  shows: (type: number, both: number) => `(${which(type)}) → ${message(both)}`,
};

const send = onKernelObject('sysvQueue', 'send', sends);
const trySend = triesKernelObject('sysvQueue', 'trySend', triesToSend);
const receive = onKernelObject('sysvQueue', 'receive', receives);
const tryReceive = triesKernelObject('sysvQueue', 'tryReceive', receives);
export const sysvQueueOperations = { send, trySend, receive, tryReceive };

/** A message of a System V queue. */
export interface SysvMessage extends Message {
  /** What its sender gave it: from 1 on. */
  readonly type: number;
}

/** A queue of messages that all processes of the run can use (sysvipc(7)). */
export interface SysvQueue {
  /**
   * Sends a message; blocks while it does not fit into the queue: for ever, where it is longer than the whole queue. Throws
   * IpcError EINVAL for more than 8,192 bytes, RangeError where there is no such type (msgsnd(2)).
   * @param type 1 to 32,767: what receivers choose by. Default 1.
   */
  send(data: Data, type?: number): void;
  /** The same, but does not wait (IPC_NOWAIT): false where it does not fit. */
  trySend(data: Data, type?: number): boolean;
  /**
   * Takes a message; blocks while there is none that fits (msgrcv(2)).
   * @param type above 0: the one sent first of this type. 0: the one sent first of all. Below 0: the one with the lowest type,
   * up to this number without its sign. Default 0.
   */
  receive(type?: number): SysvMessage;
  /** The same, but does not wait (IPC_NOWAIT): undefined where there is none. */
  tryReceive(type?: number): SysvMessage | undefined;
}

class Received extends Message implements SysvMessage {
  readonly type: number;
  constructor(bytes: Uint8Array, type: number) {
    super(bytes);
    this.type = type;
  }
}

class Queue implements SysvQueue {
  readonly #of: KernelObject;
  constructor(of: KernelObject) {
    this.#of = of;
  }
  send(data: Data, type = 1): void {
    this.#send(send, data, type);
  }
  trySend(data: Data, type = 1): boolean {
    return this.#send(trySend, data, type);
  }
  receive(type = 0): SysvMessage {
    return this.#receive(receive, type) as SysvMessage;
  }
  tryReceive(type = 0): SysvMessage | undefined {
    return this.#receive(tryReceive, type);
  }

  #send(operation: Operation, data: Data, type: number): boolean {
    if (!Number.isInteger(type) || type < 1 || type > MOST_TYPE) {
      throw new RangeError(`cannot send a message of type ${type}: use 1 to ${MOST_TYPE}.`);
    }
    const { buffer } = this.#of.kernel;
    const bytes = put(this.#of.kernel, data);
    if (bytes + TYPE > buffer.length) throw new RangeError(`${bytes} bytes at once: send at most 8192.`);
    buffer.copyWithin(TYPE, 0, bytes);
    for (let i = 0; i < TYPE; i++) buffer[i] = i < 4 ? type >> (8 * i) : 0;
    const given = this.#step(operation, type * BYTES + bytes, (calls, id, flags) =>
      calls.msgSend(id, 0, bytes, flags),
    );
    return given !== NOTHING_DONE;
  }

  #receive(operation: Operation, type: number): SysvMessage | undefined {
    if (!Number.isInteger(type) || Math.abs(type) > MOST_TYPE) {
      throw new RangeError(`cannot receive type ${type}: use 0 for any, or up to ${MOST_TYPE}.`);
    }
    const { buffer } = this.#of.kernel;
    const given = this.#step(operation, type, (calls, id, flags) => {
      const bytes = calls.msgReceive(id, 0, buffer.length - TYPE, type, flags);
      return bytes < 0 ? bytes : int32In(buffer) * BYTES + bytes;
    });
    if (given === NOTHING_DONE) return undefined;
    const bytes = buffer.slice(TYPE, TYPE + (given % BYTES));
    return Object.freeze(new Received(bytes, Math.floor(given / BYTES)));
  }

  #step(
    operation: Operation,
    argument: number,
    call: (calls: Calls, id: number, flags: number) => number,
  ): number {
    const { way, object, kernel, handles } = this.#of;
    const [id, flags] = handles;
    const waits = operation === send || operation === receive;
    const given = way.attempt(operation, object, argument, () => {
      const result = call(kernel.calls, id, waits ? flags : IPC_NOWAIT);
      if (result !== -ENOMSG && result !== NOT_YET) return result;
      return waits ? NOT_YET : NOTHING_DONE;
    });
    if (given >= 0 || given === NOTHING_DONE) return given;
    const means = -given === EINVAL ? 'a message may have 8192 bytes (msgmax)' : '';
    throw new IpcError(`sysvQueue ${operation.name}`, -given, means);
  }
}

sealed(Received, Queue);

/**
 * Creates a System V message queue.
 * @param options.bytes bytes that all messages in it may have together (msg_qbytes), 1 to 16,384; it also never holds more
 * messages than that. Default 16,384.
 */
export function sysvQueue(options: { bytes?: number } = {}): SysvQueue {
  const { bytes = MOST_BYTES } = options;
  if (!Number.isInteger(bytes) || bytes < 1 || bytes > MOST_BYTES) {
    throw new RangeError(`sysvQueue for ${bytes} bytes: use 1 to ${MOST_BYTES}.`);
  }
  const of = kernelObject('sysvQueue', { bytes });
  return made(Object.freeze(new Queue(of)), of.object);
}
