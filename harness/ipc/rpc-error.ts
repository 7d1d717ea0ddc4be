// How remote calls fail, by the names of RFC 5531 (section 9), by whichever transport.

/** What a server can answer instead of a result, by its number. */
const ACCEPTED = [
  'SUCCESS',
  'PROG_UNAVAIL',
  'PROG_MISMATCH',
  'PROC_UNAVAIL',
  'GARBAGE_ARGS',
  'SYSTEM_ERR',
] as const;
export type Accepted = (typeof ACCEPTED)[number];
export const acceptedNumber = (code: Accepted): number => ACCEPTED.indexOf(code);
export const acceptedName = (number: number): Accepted | undefined => ACCEPTED[number];

/**
 * Why a call has no result. `CANT_RECEIVE`, `CANT_SEND`: the connection has come to its end before the answer, and nobody
 * knows whether the procedure was run.
 */
export type RpcFailure =
  | Exclude<Accepted, 'SUCCESS'>
  | 'RPC_MISMATCH'
  | 'AUTH_ERROR'
  | 'BAD_REPLY'
  | 'CANT_SEND'
  | 'CANT_RECEIVE';

const means: Readonly<Record<RpcFailure, string>> = {
  PROG_UNAVAIL: 'the server does not serve this program',
  PROG_MISMATCH: 'the server serves this program in other versions',
  PROC_UNAVAIL: 'the server has no such procedure',
  GARBAGE_ARGS: 'the server cannot read the argument: both sides must have the same types',
  SYSTEM_ERR: 'the server could not do it',
  RPC_MISMATCH: 'the server speaks another version of RPC',
  AUTH_ERROR: 'the server does not accept who is asking',
  BAD_REPLY: 'the answer is not what the types say: both sides must have the same',
  CANT_SEND: 'the connection is closed on the other side. The call may be repeated on a new one',
  CANT_RECEIVE:
    'the connection came to its end before the answer, and nobody knows whether the procedure was run. Repeat it on a new one only if to run it twice does no harm',
};

/** A remote call without a result. `code` says why. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: RpcFailure;
  /** @param detail what the other side said, or what was wrong with it */
  constructor(call: string, code: RpcFailure, detail = '') {
    super(
      `${call} failed: ${code}, ${means[code]}${detail === '' ? '' : ` (${detail.replace(/\.$/, '')})`}.`,
    );
    this.code = code;
  }
}
