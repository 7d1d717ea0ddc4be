// The POSIX message queue (mq_overview(7)): messages with boundaries and a priority. The one with the highest priority is
// received first, and among those the one that was sent first. All processes have it open, and nobody can tell the
// others that no more will come: that takes a message.
import { made } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import { type Kernel, NOT_YET, NOTHING_DONE } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import { type Data, inBytes, put, taken } from './bytes.ts';
import { IpcError } from './ipc-error.ts';
import { type KernelObject, kernelObject } from './kernel-object.ts';
import { Message } from './message.ts';
import { onKernelObject, timedOnKernelObject, triesKernelObject } from './operation.ts';

/**
 * Most messages and bytes: what every Linux allows an ordinary process (/proc/sys/fs/mqueue), so that a solution works
 * wherever it comes.
 */
const MOST = { capacity: 10, messageSize: 8192 };
/** Priorities are from 0 up to, but without, this (MQ_PRIO_MAX). */
const PRIORITIES = 32_768;
const ETIMEDOUT = 110;
const EMSGSIZE = 90;

/** Priority and bytes in one number. */
const BYTES = 65_536;
const message = (both: number): string => `${inBytes(both % BYTES)}, priority ${Math.floor(both / BYTES)}`;
const sends = { given: message, shows: (both: number) => `(${message(both)})` };
const triesToSend = { given: message, shows: (both: number) => `(${message(both)}) → true` };
const receives = { shows: (_: number, both: number) => `() → ${message(both)}` };

const send = onKernelObject('posixQueue', 'send', sends);
const trySend = triesKernelObject('posixQueue', 'trySend', triesToSend);
const timedSend = timedOnKernelObject('posixQueue', 'timedSend', triesToSend);
const receive = onKernelObject('posixQueue', 'receive', receives);
const tryReceive = triesKernelObject('posixQueue', 'tryReceive', receives);
const timedReceive = timedOnKernelObject('posixQueue', 'timedReceive', receives);
const count: Operation = {
  ...triesKernelObject('posixQueue', 'count', { shows: (_, messages) => ` → ${messages}` }),
  take: (_m, _at, _me, _argument, given) => given, // nobody who waits can go on for that
};
export const posixQueueOperations = {
  send,
  trySend,
  timedSend,
  receive,
  tryReceive,
  timedReceive,
  count,
};

/** A message of a POSIX queue. */
export interface PosixMessage extends Message {
  /** From 0 to 32,767; higher ones come first. */
  readonly priority: number;
}

/** A queue of messages that all processes of the run have open (mq_overview(7)). */
export interface PosixQueue {
  /**
   * Sends a message; blocks while the queue is full. Throws IpcError EMSGSIZE where the message is too long for the queue,
   * RangeError where there is no such priority.
   * @param priority 0 to 32,767, higher ones are received first. Default 0.
   */
  send(data: Data, priority?: number): void;
  /** The same, but does not wait: false where the queue is full. */
  trySend(data: Data, priority?: number): boolean;
  /** The same, but waits for so many milliseconds at most: false where the queue was full for that long. */
  timedSend(data: Data, milliseconds: number, priority?: number): boolean;
  /** Takes the message that was sent first among those with the highest priority; blocks while there is none. */
  receive(): PosixMessage;
  /** The same, but does not wait: undefined where there is none. */
  tryReceive(): PosixMessage | undefined;
  /** The same, but waits for so many milliseconds at most: undefined where there was none for that long. */
  timedReceive(milliseconds: number): PosixMessage | undefined;
  /** How many messages are in it. Another process may change that at once. */
  readonly count: number;
}

/** Does not wait, waits for ever: times in milliseconds. */
const AT_ONCE = 0;
const FOR_EVER = -1;

class Received extends Message implements PosixMessage {
  readonly priority: number;
  constructor(bytes: Uint8Array, priority: number) {
    super(bytes);
    this.priority = priority;
  }
}

class Queue implements PosixQueue {
  readonly #of: KernelObject;
  readonly #size: number;
  constructor(of: KernelObject, size: number) {
    this.#of = of;
    this.#size = size;
  }
  send(data: Data, priority = 0): void {
    this.#send(send, data, priority, FOR_EVER);
  }
  trySend(data: Data, priority = 0): boolean {
    return this.#send(trySend, data, priority, AT_ONCE);
  }
  timedSend(data: Data, milliseconds: number, priority = 0): boolean {
    return this.#send(timedSend, data, priority, duration(milliseconds));
  }
  receive(): PosixMessage {
    return this.#receive(receive, FOR_EVER) as PosixMessage;
  }
  tryReceive(): PosixMessage | undefined {
    return this.#receive(tryReceive, AT_ONCE);
  }
  timedReceive(milliseconds: number): PosixMessage | undefined {
    return this.#receive(timedReceive, duration(milliseconds));
  }
  get count(): number {
    return this.#step(count, 0, ({ calls }, fd) => calls.mqCount(fd));
  }

  #send(operation: Operation, data: Data, priority: number, milliseconds: number): boolean {
    if (!Number.isInteger(priority) || priority < 0 || priority >= PRIORITIES) {
      throw new RangeError(`priority ${priority}: use 0 to ${PRIORITIES - 1}, higher ones come first.`);
    }
    const bytes = put(this.#of.kernel, data);
    const given = this.#step(operation, priority * BYTES + bytes, ({ calls }, fd) =>
      calls.mqSend(fd, 0, bytes, priority, milliseconds),
    );
    return given !== NOTHING_DONE;
  }

  #receive(operation: Operation, milliseconds: number): PosixMessage | undefined {
    const { kernel } = this.#of;
    const given = this.#step(operation, 0, ({ calls, buffer }, fd) =>
      calls.mqReceive(fd, 0, buffer.length, milliseconds),
    );
    if (given === NOTHING_DONE) return undefined;
    return Object.freeze(new Received(taken(kernel, given % BYTES), Math.floor(given / BYTES)));
  }

  #step(operation: Operation, argument: number, call: (kernel: Kernel, fd: number) => number): number {
    const { way, object, kernel, handles } = this.#of;
    const waits = operation === send || operation === receive;
    const given = way.attempt(operation, object, argument, () => {
      const result = call(kernel, handles[0]);
      return !waits && (result === NOT_YET || result === -ETIMEDOUT) ? NOTHING_DONE : result;
    });
    if (given >= 0 || given === NOTHING_DONE) return given;
    const means = -given === EMSGSIZE ? `the queue is for messages of up to ${this.#size} bytes` : '';
    throw new IpcError(`posixQueue ${operation.name}`, -given, means);
  }
}

sealed(Received, Queue);

/**
 * Creates a POSIX message queue.
 * @param options.capacity messages that it holds, 1 to 10. Default 10.
 * @param options.messageSize bytes that a message may have, 1 to 8,192. Default 256.
 */
export function posixQueue(options: { capacity?: number; messageSize?: number } = {}): PosixQueue {
  const { capacity = MOST.capacity, messageSize = 256 } = options;
  const isWithin = (n: number, most: number): boolean => Number.isInteger(n) && n >= 1 && n <= most;
  if (!isWithin(capacity, MOST.capacity)) {
    throw new RangeError(`posixQueue with a capacity of ${capacity}: use 1 to ${MOST.capacity} messages.`);
  }
  if (!isWithin(messageSize, MOST.messageSize)) {
    throw new RangeError(
      `posixQueue with a messageSize of ${messageSize}: use 1 to ${MOST.messageSize} bytes.`,
    );
  }
  const of = kernelObject('posixQueue', { capacity, messageSize });
  return made(Object.freeze(new Queue(of, messageSize)), of.object);
}
