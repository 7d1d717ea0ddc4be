// One end of a connection that carries remote calls: how both sides wait for its bytes.
import { type Kernel, NOT_YET, NOTHING_DONE } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { put, taken } from './bytes.ts';
import type { EndOperations, Line } from './connection.ts';
import type { Descriptor } from './descriptor.ts';

/** Most that is read or written at once: the whole of the process's own buffer. */
const PIECE = 65_536;

/** Most looks for an answer before it is late. */
const PATIENCE = 1024;

/** Nothing came in time. */
export const LATE = Symbol('late');

export class RpcLine {
  readonly #end: Descriptor;
  readonly #kernel: Kernel;
  readonly #operations: EndOperations;
  readonly #timedRead: Operation;
  readonly #line: Line;
  /** Whether calls wait, as in free runs. */
  readonly #blocks: boolean;
  /** How often it is looked for an answer before it is late, in controlled runs. */
  #patience = 1;

  constructor(
    end: Descriptor,
    kernel: Kernel,
    operations: EndOperations & { readonly timedRead: Operation },
    line: Line,
    blocks: boolean,
  ) {
    this.#end = end;
    this.#kernel = kernel;
    this.#operations = operations;
    this.#timedRead = operations.timedRead;
    this.#line = line;
    this.#blocks = blocks;
  }

  /** Sends all of `bytes`. Throws IpcError where the other side is gone. */
  send(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += PIECE) {
      const most = put(this.#kernel, bytes.slice(from, from + PIECE));
      for (let at = 0; at < most; ) {
        at += this.#end.step(this.#operations.write, most - at, (fd) => this.#line.write(fd, at, most - at));
      }
    }
  }

  /** What has come; undefined at the end. Blocks until there is something. Throws IpcError. */
  receive(): Uint8Array | undefined {
    const bytes = this.#end.step(this.#operations.read, PIECE, (fd) => this.#line.read(fd, PIECE));
    return bytes === 0 ? undefined : taken(this.#kernel, bytes);
  }

  /**
   * The same, but waits so many milliseconds at most. In controlled runs time is the schedule's, and a
   * time-out may come after a single step: who repeats calls for that would add to what the server has to do faster than
   * that gets it done, for ever, however fair the schedule is. So there each time-out in a row takes twice as long as the
   * one before, as RPC itself does it over UDP.
   */
  receiveWithin(milliseconds: number): Uint8Array | undefined | typeof LATE {
    for (let looks = this.#blocks ? 1 : this.#patience; looks > 0; looks--) {
      const bytes = this.#end.attempt(this.#timedRead, PIECE, (fd) => {
        if (this.#blocks && !this.#kernel.calls.comesWithin(fd, milliseconds)) return NOTHING_DONE;
        const given = this.#line.read(fd, PIECE);
        return given === NOT_YET ? NOTHING_DONE : given;
      });
      if (bytes === NOTHING_DONE) continue;
      // The end, or a connection that is no more.
      return bytes <= 0 ? undefined : taken(this.#kernel, bytes);
    }
    this.#patience = Math.min(2 * this.#patience, PATIENCE);
    return LATE;
  }

  /** What was asked last has been answered. */
  answered(): void {
    this.#patience = 1;
  }

  close(): void {
    this.#end.close();
  }
}
