// One end of a connection that carries records: what both sides of a remote call send and receive.
import { type Kernel, NOT_YET, NOTHING_DONE } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { put, taken } from './bytes.ts';
import type { EndOperations, Line } from './connection.ts';
import type { Descriptor } from './descriptor.ts';
import { marked, Records } from './record-marking.ts';

/** Most that is read or written at once: the whole of the process's own buffer. */
const PIECE = 65_536;

/** Most looks for an answer before it is late. */
const PATIENCE = 1024;

/** No record came in time. */
export const LATE = Symbol('late');

export class RpcLine {
  readonly #end: Descriptor;
  readonly #kernel: Kernel;
  readonly #operations: EndOperations;
  readonly #timedRead: Operation;
  readonly #line: Line;
  /** Whether calls wait, as in free runs. */
  readonly #blocks: boolean;
  readonly #records = new Records();
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

  send(record: Uint8Array): void {
    const all = marked(record);
    for (let from = 0; from < all.length; from += PIECE) {
      const bytes = put(this.#kernel, all.slice(from, from + PIECE));
      for (let at = 0; at < bytes; ) {
        at += this.#end.step(this.#operations.write, bytes - at, (fd) =>
          this.#line.write(fd, at, bytes - at),
        );
      }
    }
  }

  /** The next record; undefined at the end. Blocks until one has come whole. */
  receive(): Uint8Array | undefined {
    for (;;) {
      const record = this.#records.next();
      if (record !== undefined) return record;
      const bytes = this.#end.step(this.#operations.read, PIECE, (fd) => this.#line.read(fd, PIECE));
      if (bytes === 0) return undefined;
      this.#records.add(taken(this.#kernel, bytes));
    }
  }

  /**
   * The same, but waits for each piece of it so many milliseconds at most. In controlled runs time is the schedule's, and a
   * time-out may come after a single step: who repeats calls for that would add to what the server has to do faster than
   * that gets it done, for ever, however fair the schedule is. So there each time-out in a row takes twice as long as the
   * one before, as RPC itself does it over UDP.
   */
  receiveWithin(milliseconds: number): Uint8Array | undefined | typeof LATE {
    let looks = this.#blocks ? 1 : this.#patience;
    for (;;) {
      const record = this.#records.next();
      if (record !== undefined) return record;
      const bytes = this.#end.attempt(this.#timedRead, PIECE, (fd) => {
        if (this.#blocks && !this.#kernel.calls.comesWithin(fd, milliseconds)) return NOTHING_DONE;
        const given = this.#line.read(fd, PIECE);
        return given === NOT_YET ? NOTHING_DONE : given;
      });
      if (bytes === NOTHING_DONE) {
        if (--looks > 0) continue;
        this.#patience = Math.min(2 * this.#patience, PATIENCE);
        return LATE;
      }
      if (bytes <= 0) return undefined; // the end, or a connection that is no more
      this.#records.add(taken(this.#kernel, bytes));
    }
  }

  /** What was asked last has been answered. */
  answered(): void {
    this.#patience = 1;
  }

  close(): void {
    this.#end.close();
  }
}
