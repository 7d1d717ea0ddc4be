// Signals between the processes of a run (signal(7), sigqueue(3), sigwaitinfo(2)). All of them are blocked from the beginning
// in every process, so one that is sent is pending until the process takes it: no handler ever runs. Of a standard
// signal at most one is pending; real-time signals queue, each with its value, and the lowest number comes first.
import { arena, made } from '../shared/arena.ts';
import * as atomic from '../shared/atomics.ts';
import { type Cast, namesOf, processOf } from '../shared/cast.ts';
import { duration } from '../shared/duration.ts';
import { NOT_YET, NOTHING_DONE } from '../shared/kernel.ts';
import { HEAD, type Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import { IpcError } from './ipc-error.ts';
import { type KernelObject, kernelObject } from './kernel-object.ts';
import { onKernelObject, timedOnKernelObject, triesKernelObject } from './operation.ts';

const kind = 'signal';

/** The signals, by the numbers that the lab gives them; the first two are standard ones. */
const SIGNALS = [
  'SIGUSR1',
  'SIGUSR2',
  'SIGRTMIN',
  'SIGRTMIN+1',
  'SIGRTMIN+2',
  'SIGRTMIN+3',
  'SIGRTMIN+4',
  'SIGRTMIN+5',
  'SIGRTMIN+6',
  'SIGRTMIN+7',
] as const;
const STANDARD = 2;
const MOST_QUEUED = 256;
const ESRCH = 3;

/** What a send came to: see `Box.send`. */
const PENDING_ALREADY = 1;
const FULL = 2;

// A signal, the other process, and a value in the one number that a trace has for them. A value that is too large for that is
// not shown: 0 stands there, else the value plus 1.
const PROCESS = 16;
const SHOWN = 512;
const MOST_SHOWN = 2 ** 22 - 2;
const packed = (signal: number, process: number, value: number): number =>
  signal + PROCESS * process + SHOWN * (value >= 0 && value <= MOST_SHOWN ? value + 1 : 0);
const nameIn = (all: number): string => SIGNALS[all % PROCESS];
const processIn = (all: number): number => Math.floor(all / PROCESS) % (SHOWN / PROCESS);
const valueIn = (all: number): string => (all < SHOWN ? '' : `, ${Math.floor(all / SHOWN) - 1}`);
const sent = (all: number): string => `${nameIn(all)}${valueIn(all)}`;
const setInWords = (which: number): string => SIGNALS.filter((_, i) => which & (1 << i)).join(', ');

const sends = {
  given: sent,
  shows: (all: number, result: number): string =>
    `(${sent(all)})${result === FULL ? ' fails: EAGAIN' : result === PENDING_ALREADY ? ': is pending already, and stays one' : ''}`,
};
const takes = {
  given: setInWords,
  shows: (which: number, all: number): string =>
    `(${setInWords(which)}) → ${nameIn(all)}${all < 2 * SHOWN ? '' : ` with${valueIn(all).slice(1)}`} from process ${processIn(all)}`,
};

const send = triesKernelObject(kind, 'send', sends);
const queue = triesKernelObject(kind, 'queue', sends);
const wait = onKernelObject(kind, 'wait', takes);
const tryWait = triesKernelObject(kind, 'tryWait', takes);
const timedWait = timedOnKernelObject(kind, 'timedWait', takes);
const isPending = triesKernelObject(kind, 'isPending', {
  given: nameIn,
  shows: (signal, given) => `(${nameIn(signal)}) → ${given === 1}`,
});
const ends = triesKernelObject(kind, 'ends');
export const signalOperations = { send, queue, wait, tryWait, timedWait, isPending, ends };

/** A signal that can be sent: two standard ones, and eight of the real-time signals. */
export type Signal = (typeof SIGNALS)[number];

/** A signal that was taken. */
export interface Arrived {
  readonly signal: Signal;
  /** The number of the process that sent it. */
  readonly from: number;
  /** The value that `queue` was given; 0 where it came by `send`. */
  readonly value: number;
}

/**
 * Signals between processes, by their numbers. All are blocked in all processes from the beginning (sigprocmask(2)): whatever is
 * sent is pending until it is taken.
 */
export interface Signals {
  /** The number of a process: the one of a role, or the one with this number in it. */
  process(role: string, number?: number): number;
  /** The caller's own number. */
  readonly self: number;
  /**
   * Sends a signal to process `to` (kill(2)). Never blocks. Where this standard signal is pending there already, nothing
   * happens. Throws IpcError ESRCH where that process has ended; EAGAIN where it has as many real-time signals as may be pending.
   */
  send(to: number, signal: Signal): void;
  /** The same, with a value: a whole number of 32 bits (sigqueue(3)). */
  queue(to: number, signal: Signal, value: number): void;
  /**
   * Takes one of these signals; blocks while none of them is pending (sigwaitinfo(2)). Of several the standard ones come
   * first, then the one with the lowest number; real-time signals of one number in the order in which they were sent.
   */
  wait(...signals: [Signal, ...Signal[]]): Arrived;
  /** The same, but never blocks: undefined where none of them is pending. */
  tryWait(...signals: [Signal, ...Signal[]]): Arrived | undefined;
  /** As `wait`; gives up after `milliseconds` and returns undefined (sigtimedwait(2)). */
  timedWait(milliseconds: number, ...signals: [Signal, ...Signal[]]): Arrived | undefined;
  /** Whether this signal is pending for the caller (sigpending(2)). */
  isPending(signal: Signal): boolean;
}

/** The number of a signal. Throws RangeError where there is none of that name. */
function numberOf(signal: unknown): number {
  const number = SIGNALS.indexOf(signal as Signal);
  if (number >= 0) return number;
  throw new RangeError(
    `there is no signal ${typeof signal === 'string' ? `'${signal}'` : `of type ${typeof signal}`} to use. There are ${SIGNALS.slice(0, STANDARD + 1).join(', ')}, and SIGRTMIN+1 to SIGRTMIN+7.`,
  );
}

/** The signals of one process: whoever sends to it, and it itself when it waits, takes a step on this object. */
class Box {
  readonly #of: KernelObject;
  /** Most real-time signals that may be pending. */
  readonly #capacity: number;
  /** The process they are sent to. */
  readonly #owner: number;
  // Words of the record: whether the process has ended, its pending real-time signals, and which standard ones are pending.
  readonly #ended: number;
  readonly #queued: number;
  readonly #standard: number;
  #value = 0;

  constructor(of: KernelObject, owner: number, capacity: number) {
    this.#of = of;
    this.#owner = owner;
    this.#capacity = capacity;
    this.#ended = of.record.at;
    this.#queued = of.record.at + 1;
    this.#standard = of.record.at + 2;
  }

  /** Gives 0, `PENDING_ALREADY`, `FULL`, or minus an errno. */
  send(operation: Operation, signal: number, value: number, from: number): number {
    const { way, object, kernel, handles, record } = this.#of;
    const { words } = record;
    const argument = packed(signal, 0, operation === queue ? value : -1);
    return way.attempt(operation, object, argument, () => {
      if (atomic.load(words, this.#ended) !== 0 || this.#isKilled) return -ESRCH;
      const queues = signal >= STANDARD;
      if (queues && atomic.add(words, this.#queued, 1) >= this.#capacity) {
        atomic.sub(words, this.#queued, 1);
        return FULL;
      }
      const given = kernel.calls.signalSend(handles[0], signal, value, from);
      if (given < 0) {
        if (queues) atomic.sub(words, this.#queued, 1);
        return given === NOT_YET ? FULL : given;
      }
      if (queues) return 0;
      // Told in controlled runs only, where nobody comes between.
      const pending = words[this.#standard] & (1 << signal);
      words[this.#standard] |= 1 << signal;
      return pending === 0 ? 0 : PENDING_ALREADY;
    });
  }

  /** The place of a process that was killed: see `kernelDeaths`. */
  get #isKilled(): boolean {
    const { record, object } = this.#of;
    return record.words[object.at + HEAD + this.#owner] === -1;
  }

  take(operation: Operation, signals: readonly unknown[], milliseconds: number): Arrived | undefined {
    const { way, object, kernel, handles, record } = this.#of;
    const { words } = record;
    let which = 0;
    for (let i = 0; i < signals.length; i++) which |= 1 << numberOf(signals[i]);
    if (which === 0) throw new RangeError(`${operation.name}() of no signal: name those to wait for.`);
    const blocks = handles[1] === 1;
    const given = way.attempt(operation, object, which, () => {
      const signal = kernel.calls.signalTake(which, blocks ? milliseconds : 0);
      if (signal === NOT_YET) return operation === wait ? NOT_YET : NOTHING_DONE;
      if (signal < 0) return signal;
      if (signal >= STANDARD) atomic.sub(words, this.#queued, 1);
      else words[this.#standard] &= ~(1 << signal);
      this.#value = kernel.calls.signalValue();
      return packed(signal, kernel.calls.signalFrom(), this.#value);
    });
    if (given === NOTHING_DONE) return undefined;
    if (given < 0) throw new IpcError(`${kind} ${operation.name}`, -given);
    return Object.freeze({
      signal: SIGNALS[given % PROCESS],
      from: processIn(given),
      value: this.#value,
    });
  }

  isPending(signal: number): boolean {
    const { way, object, kernel } = this.#of;
    const call = () => (kernel.calls.signalsPending() >> signal) & 1;
    return way.attempt(isPending, object, signal, call) === 1;
  }

  /** Nothing that was sent before this run is pending any more; and at the end of the role nothing can be sent. */
  begin(): void {
    const { way, object, kernel, handles, record } = this.#of;
    // All roles begin later, and none of the run before is left.
    if (handles.length > 0) kernel.calls.signalsForgotten();
    kernel.opened(() => {
      way.attempt(ends, object, 0, () => {
        atomic.store(record.words, this.#ended, 1);
        return 0;
      });
    });
  }
}

class Postman implements Signals {
  readonly #boxes: readonly Box[];
  readonly #cast: Cast;
  readonly self: number;
  constructor(boxes: readonly Box[], cast: Cast, me: number) {
    this.#boxes = boxes;
    this.#cast = cast;
    this.self = me;
  }
  process(role: string, number = 0): number {
    return processOf(this.#cast, role, number);
  }
  send(to: number, signal: Signal): void {
    this.#send(send, to, signal, 0);
  }
  queue(to: number, signal: Signal, value: number): void {
    this.#send(queue, to, signal, value);
  }
  wait(...signals: Signal[]): Arrived {
    return this.#boxes[this.self].take(wait, signals, -1) as Arrived;
  }
  tryWait(...signals: Signal[]): Arrived | undefined {
    return this.#boxes[this.self].take(tryWait, signals, 0);
  }
  timedWait(milliseconds: number, ...signals: Signal[]): Arrived | undefined {
    return this.#boxes[this.self].take(timedWait, signals, duration(milliseconds));
  }
  isPending(signal: Signal): boolean {
    return this.#boxes[this.self].isPending(numberOf(signal));
  }

  #send(operation: Operation, to: number, signal: Signal, value: number): void {
    const number = numberOf(signal);
    if (!Number.isInteger(to) || to < 0 || to >= this.#boxes.length) {
      throw new RangeError(
        `${operation.name}: there is no process ${typeof to === 'number' ? to : `of type ${typeof to}`}, they have the numbers 0 to ${this.#boxes.length - 1}. Ask process(role, number) for it.`,
      );
    }
    if (typeof value !== 'number' || value !== (value | 0)) {
      throw new RangeError(
        `${operation.name} of ${typeof value === 'number' ? value : `a ${typeof value}`}: a signal carries a whole number of 32 bits.`,
      );
    }
    const given = this.#boxes[to].send(operation, number, value, this.self);
    if (given === FULL) {
      throw new IpcError(
        `${kind} ${operation.name}`,
        -NOT_YET,
        'too many real-time signals are pending there',
      );
    }
    if (given < 0) {
      const means = -given === ESRCH ? 'that process has ended' : '';
      throw new IpcError(`${kind} ${operation.name}`, -given, means);
    }
  }
}

sealed(Postman);

/**
 * Lets the processes of a run signal each other. Once in `share`: signals belong to processes, and there is one set of them.
 * @param options.pending real-time signals that may be pending at a process, 1 to 256, as RLIMIT_SIGPENDING has it. Default 256.
 */
export function signal(options: { pending?: number } = {}): Signals {
  const { pending = MOST_QUEUED } = options;
  if (!Number.isInteger(pending) || pending < 1 || pending > MOST_QUEUED) {
    throw new RangeError(`signal with ${pending} pending: use 1 to ${MOST_QUEUED}.`);
  }
  const { cast, me, objects } = arena();
  if (objects.some((object) => object.kind === kind)) {
    throw new RangeError('signal() a second time: processes have one set of signals. Use the first one.');
  }
  const all: KernelObject[] = [];
  for (const [process, name] of namesOf(cast).entries()) {
    const of = kernelObject(kind, { process }, () => 3);
    Object.assign(of.object, { part: { of: (all[0] ?? of).object.id, name, owner: process } });
    all.push(of);
  }
  const boxes = all.map((of, process) => new Box(of, process, pending));
  boxes[me].begin();
  return made(Object.freeze(new Postman(boxes, cast, me)), all[0].object);
}
