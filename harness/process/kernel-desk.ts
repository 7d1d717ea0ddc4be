// Where a process gets its kernel objects: it hands out what the referee has sent, in the order in which `share` asks,
// and notes what is asked for, so that the referee can send that if it was something else.
import type { Calls, Kernel, Options, Wanted } from '../shared/kernel.ts';
import type { Host } from './board.ts';
import { BUFFER_BYTES, BYTES, DATA } from './control.ts';
import { type Grant, MAX_KERNEL_OBJECTS, NO_GRANT } from './grant.ts';

const none = (): number => {
  throw new Error('a kernel object in a model');
};
const noCalls = new Proxy({}, { get: () => none }) as Calls;

export class KernelDesk implements Kernel {
  readonly calls: Calls;
  readonly buffer: Uint8Array;
  /** What was asked for in this run. */
  readonly wanted: Wanted[] = [];
  #grant: Grant = NO_GRANT;
  #open: (() => void)[] = [];
  #atEnd: (() => void)[] = [];

  readonly #host: Host;

  constructor(host: Host) {
    const { buffer, calls, me } = host;
    this.#host = host;
    this.calls = calls ?? noCalls;
    this.buffer =
      calls === undefined
        ? new Uint8Array(0)
        : new Uint8Array(buffer, BYTES * 4 + me * BUFFER_BYTES, BUFFER_BYTES);
  }

  /** A new run begins, with these objects. */
  begin(grant: Grant): void {
    this.#grant = grant;
    this.wanted.length = 0;
    this.#open.length = 0;
  }

  grant(kind: string, options: Options): readonly number[] {
    const n = this.wanted.length;
    if (n === MAX_KERNEL_OBJECTS) {
      throw new RangeError(`share asks for more than ${MAX_KERNEL_OBJECTS} kernel objects (${kind}).`);
    }
    this.wanted.push({ kind, options });
    return this.#isAsGranted(n) ? this.#grant.handles[n] : [];
  }

  map(kind: string, at: number, words: number): void {
    if (this.calls === noCalls) return;
    const [handle] = this.grant(kind, { bytes: words * 4 });
    if (handle === undefined) return;
    this.#host.map(kind, DATA + at, words, handle);
    this.atEnd(() => this.#host.putBack(DATA + at, words));
  }

  #isAsGranted(n: number): boolean {
    const granted = this.#grant.wanted[n];
    return granted !== undefined && JSON.stringify(granted) === JSON.stringify(this.wanted[n]);
  }

  /** Whether `share` has asked for what was sent, no less and no more. */
  get isSatisfied(): boolean {
    return (
      this.wanted.length === this.#grant.wanted.length && this.wanted.every((_, n) => this.#isAsGranted(n))
    );
  }

  opened(close: () => void): void {
    this.#open.push(close);
  }

  atEnd(release: () => void): void {
    this.#atEnd.push(release);
  }

  /** The role has ended: what it has open is closed, step by step, as the end of a process does. */
  closeAll(): void {
    for (const close of this.#open.splice(0)) close();
  }

  /** The run is over: gives back all that was sent, whoever has closed it already. */
  drop(): void {
    this.#open.length = 0;
    for (const release of this.#atEnd.splice(0).reverse()) release();
    for (const fd of this.#grant.descriptors) this.calls.close(fd);
    this.#grant = NO_GRANT;
  }
}
