// The inbox of one process: a connection from each of the others that keeps the bounds of messages, and shows when that process
// ends. Whoever sends to it, reads from it or leaves takes a step on the inbox.
import { NOT_YET } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { put, taken, textIn } from './bytes.ts';
import { IpcError } from './ipc-error.ts';
import type { KernelObject } from './kernel-object.ts';
import { received, remoteOperations, What } from './remote-operations.ts';

/** What came: a message of process `from`, or that it has left. */
export interface Arrived {
  readonly what: number;
  readonly from: number;
  readonly text: string;
}

interface Connection {
  readonly from: number;
  readonly fd: number;
}

/** Errors that say that the other process has closed its end: EPIPE, ECONNRESET, ENOTCONN. */
const CLOSED: readonly number[] = [-32, -104, -107];

export class Inbox {
  readonly #of: KernelObject;
  readonly #isOwn: boolean;
  readonly #fds: readonly number[];
  /** Connections that have not come to their end; of the owner. */
  #open: readonly Connection[];
  /** Where the next look begins: behind the one that was read last, so that nobody is passed over. */
  #next = 0;
  readonly #blocks: boolean;
  #isClosed = false;

  /** The inbox of process `owner`, as process `me` has it. */
  constructor(of: KernelObject, owner: number, me: number) {
    const { handles, kernel } = of;
    this.#of = of;
    this.#isOwn = owner === me;
    this.#fds = handles.slice(0, -1);
    this.#blocks = handles[handles.length - 1] === 1;
    this.#open = this.#isOwn ? this.#fds.map((fd, i) => ({ fd, from: i < owner ? i : i + 1 })) : [];
    kernel.opened(() => this.close());
  }

  /** Whether nobody is left who could send to its owner. */
  get isDeserted(): boolean {
    return this.#open.length === 0;
  }

  /** Throws RangeError where a message would be too long. */
  check(what: number, text: string): void {
    put(this.#of.kernel, `${what}${text}`);
  }

  /** Sends a message; blocks while there is no room for it. Returns whether the owner still has its inbox open. */
  post(operation: Operation, what: number, text: string): boolean {
    const { way, kernel, object } = this.#of;
    const bytes = put(kernel, `${what}${text}`);
    const given = way.attempt(operation, object, bytes, () => {
      const sent = kernel.calls.send(this.#fds[0], 0, bytes);
      return CLOSED.includes(sent) ? CLOSED[0] : sent;
    });
    if (given < 0 && !CLOSED.includes(given)) throw new IpcError(`remote ${operation.name}`, -given);
    return given >= 0;
  }

  /** The next that comes; blocks until there is something. Not where the inbox is deserted. */
  take(operation: Operation, argument: number): Arrived {
    const { way, kernel, object } = this.#of;
    let arrived: Arrived | undefined;
    const given = way.attempt(operation, object, argument, () => {
      const first = this.#blocks ? kernel.calls.firstReadable(this.#open.map(({ fd }) => fd)) : this.#next;
      if (first < 0) return first;
      for (let i = 0; i < this.#open.length; i++) {
        const at = (first + i) % this.#open.length;
        const { fd, from } = this.#open[at];
        const bytes = kernel.calls.read(fd, 0, kernel.buffer.length);
        if (bytes === NOT_YET) continue;
        if (bytes <= 0) {
          this.#open = this.#open.filter((_, other) => other !== at);
          this.#next = at;
          arrived = { what: What.LEFT, from, text: '' };
          return received(What.LEFT, from, 0);
        }
        this.#next = at + 1;
        const text = textIn(taken(kernel, bytes));
        arrived = { what: Number(text[0]), from, text: text.slice(1) };
        return received(arrived.what, from, bytes);
      }
      return NOT_YET;
    });
    if (arrived === undefined) throw new IpcError(`remote ${operation.name}`, -given);
    return arrived;
  }

  /** Closes this process's ends of it. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { way, kernel, object } = this.#of;
    way.attempt(this.#isOwn ? remoteOperations.close : remoteOperations.leave, object, 0, () => {
      for (const fd of this.#fds) kernel.calls.close(fd);
      return 0;
    });
  }
}
