// How remote calls are written: each transport is two machines of bytes, the calling side of a connection and the serving one. They
// are given what comes and say what to send, and neither read nor write: that is for whoever waits for them, be it a
// role, or a test that holds them against another implementation.
import type { RpcFailure } from './rpc-error.ts';
import type { Xdr } from './xdr.ts';

/** What a call came to. `LATE`: the server says that its time was over. */
export type Answer =
  | { readonly outcome: 'SUCCESS'; readonly value: unknown }
  | { readonly outcome: RpcFailure | 'LATE'; readonly detail?: string };

/** The calling side of a connection, with one call at a time. */
export interface Calling {
  /**
   * Makes a call; that before it is given up. Throws RangeError or TypeError where there is no such procedure, or `argument` is
   * none for it, or too long.
   * @param milliseconds how long its answer is waited for. Default: for ever
   */
  call(procedure: string, argument: unknown, milliseconds?: number): void;
  /** Makes the same call again, as it has no answer yet. */
  again(): void;
  received(bytes: Uint8Array): void;
  /** What the call came to; undefined where more must be received first. Answers to calls before it are dropped. */
  answer(): Answer | undefined;
  /** What is to be sent now. None where the other side must make room first. */
  toSend(): Uint8Array;
  /** Whether the call was given out whole by `toSend`. */
  readonly isSent: boolean;
}

/** The serving side of a connection. */
export interface Serving {
  received(bytes: Uint8Array): void;
  /** Runs the next call that has come whole; false where there is none. What a procedure throws is thrown. */
  answerNext(): boolean;
  /** What is to be sent now. */
  toSend(): Uint8Array;
  /** What came is none of the protocol: the connection is to be closed. */
  readonly isOver: boolean;
}

/** The types of each procedure, by name. */
export type ProcedureTypes = Readonly<
  Record<string, readonly [argument: Xdr<unknown>, result: Xdr<unknown>]>
>;

/** What runs when a procedure is called, by name. */
export type Bodies = Readonly<Record<string, (argument: unknown, xid: number) => unknown>>;

export interface Transport {
  /** @param first no connection of another process numbers its calls from here on */
  calling(first: number): Calling;
  serving(bodies: Bodies): Serving;
}

/** The error for a call of what there is not. */
export const noProcedure = (procedure: string, names: Iterable<string>): RangeError =>
  new RangeError(`call of ${procedure}: there are ${[...names].join(', ')}.`);
