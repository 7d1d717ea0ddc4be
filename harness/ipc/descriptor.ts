import type { Kernel } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import type { Shared, Way } from '../shared/way.ts';
import { IpcError } from './ipc-error.ts';

/** What an error number means here, in words; '' where its name says enough. */
export type Meanings = Readonly<Record<number, string>>;

/** One descriptor of a kernel object, as one process has it open. */
export class Descriptor {
  readonly #object: Shared;
  readonly #way: Way;
  readonly #fd: number;
  readonly #close: Operation;
  readonly #meanings: Meanings;
  readonly #closing: (fd: number) => number;
  #open = true;

  /**
   * @param meanings what errors of calls on it mean
   * @param closing what closes it. Default: close(2)
   */
  constructor(
    object: Shared,
    way: Way,
    kernel: Kernel,
    fd: number,
    close: Operation,
    meanings: Meanings = {},
    closing: (fd: number) => number = (fd) => kernel.calls.close(fd),
  ) {
    this.#object = object;
    this.#way = way;
    this.#fd = fd;
    this.#close = close;
    this.#meanings = meanings;
    this.#closing = closing;
    kernel.opened(() => {
      if (this.#open) this.close();
    });
  }

  /**
   * Takes the step `operation`, which makes `call`, and returns what the call gives. Blocks until it does not have to
   * wait any more. Throws IpcError where it fails; to use it once it is closed is misuse.
   */
  step(operation: Operation, argument: number, call: (fd: number) => number): number {
    const given = this.attempt(operation, argument, call);
    if (given < 0)
      throw new IpcError(`${this.#object.kind} ${operation.name}`, -given, this.#meanings[-given]);
    return given;
  }

  /** The same, but returns minus the error number where the call fails. */
  attempt(operation: Operation, argument: number, call: (fd: number) => number): number {
    if (!this.#open) this.#misuse(operation);
    return this.#way.attempt(operation, this.#object, argument, () => call(this.#fd));
  }

  /** Closes it (close(2)). A second time is misuse, as EBADF is. */
  close(): void {
    if (!this.#open) this.#misuse(this.#close);
    this.#way.attempt(this.#close, this.#object, 0, () => this.#closing(this.#fd));
    this.#open = false;
  }

  /** Closes it where it is still open, without a step: this process is no more. */
  abandon(): void {
    if (this.#open) this.#closing(this.#fd);
    this.#open = false;
  }

  #misuse(operation: Operation): never {
    return this.#way.misuse(this.#object, `${operation.name} after this process has closed it (EBADF)`);
  }
}
