// One end of a TCP connection in a controlled run. Both ends count what they have sent and read, and note what they have
// closed. So an attempt knows what the other side has done before, waits until the effect of that has arrived, which
// it does on its own, and only then makes its call: the result depends on the steps before it, and on no speed.
import { type Kernel, NOT_YET } from '../shared/kernel.ts';
import type { Words } from '../shared/operation.ts';
import type { Line } from './connection.ts';
import type { Record } from './kernel-object.ts';

/** Words of a connection: for each end bytes sent, bytes read, and what it has done. */
const SENT = 0;
const READ = 2;
const DONE = 4;
export const CONNECTION_WORDS = 6;

/** Its direction is shut down: the other side is sent the end (FIN). */
const ENDED = 1;
/** It is closed: what the other side still sends is answered with a reset (RST). */
const CLOSED = 2;
/** It was closed with bytes unread: the other side is sent a reset. */
const RESET = 4;

/** Nobody will accept this connection any more. */
export function resetBeforeAccepted({ words, at }: Record): void {
  words[at + DONE + 1] |= ENDED | CLOSED | RESET;
}

export class CountedLine implements Line {
  readonly #kernel: Kernel;
  readonly #words: Words;
  /** Where what is counted for this end begins, and for the other one. */
  readonly #me: number;
  readonly #other: number;
  readonly #capacity: number;

  /**
   * @param record the part that is about the connection
   * @param end 0 for who connected, 1 for who accepted
   */
  constructor(kernel: Kernel, { words, at }: Record, end: number, capacity: number) {
    this.#kernel = kernel;
    this.#words = words;
    this.#me = at + end;
    this.#other = at + 1 - end;
    this.#capacity = capacity;
  }

  read(fd: number, most: number): number {
    const { calls } = this.#kernel;
    const there = this.#unread;
    if (there === 0 || this.#theirs & RESET) this.#settle(fd);
    if (there > 0) {
      const given = calls.receiveAll(fd, 0, Math.min(most, there));
      if (given > 0) this.#words[READ + this.#me] += given;
      return given;
    }
    return this.#theirs === 0 ? NOT_YET : calls.read(fd, 0, most);
  }

  write(fd: number, at: number, bytes: number): number {
    this.#settle(fd);
    const { calls } = this.#kernel;
    const words = this.#words;
    if (this.#theirs & CLOSED || words[DONE + this.#me] & ENDED) {
      const given = calls.send(fd, at, Math.min(bytes, this.#capacity));
      if (given > 0) calls.arrival(fd, 'hangup');
      return given;
    }
    const room = this.#capacity - (words[SENT + this.#me] - words[READ + this.#other]);
    if (room <= 0) return NOT_YET;
    const given = calls.sendAll(fd, at, Math.min(bytes, room));
    if (given > 0) words[SENT + this.#me] += given;
    return given;
  }

  shutdown(fd: number): number {
    this.#settle(fd);
    const given = this.#kernel.calls.shutdown(fd);
    // A second time it may fail or not: that depends on whether the other side's answer to the first has arrived.
    if (this.#words[DONE + this.#me] & ENDED) return 0;
    if (given === 0) this.#words[DONE + this.#me] |= ENDED;
    return given;
  }

  close(fd: number): number {
    this.#settle(fd);
    const { calls } = this.#kernel;
    const leaves = this.#unread > 0;
    if (leaves) calls.arrival(fd, 'data');
    this.#words[DONE + this.#me] |= ENDED | CLOSED | (leaves ? RESET : 0);
    return calls.close(fd);
  }

  /** What the other side has sent and this one has not read. */
  get #unread(): number {
    return this.#words[SENT + this.#other] - this.#words[READ + this.#me];
  }

  get #theirs(): number {
    return this.#words[DONE + this.#other];
  }

  /** Waits until what the other side has closed is known here. */
  #settle(fd: number): void {
    const theirs = this.#theirs;
    if (theirs & RESET) this.#kernel.calls.arrival(fd, 'hangup');
    else if (theirs & ENDED) this.#kernel.calls.arrival(fd, 'end');
  }
}
