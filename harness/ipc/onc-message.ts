// Messages of ONC RPC, version 2 (RFC 5531, section 9): a call, and the reply to it. Both begin with the number of the
// call (xid), which is all that says which reply belongs to which call.
import { joined } from './bytes.ts';
import { type Accepted, acceptedName, acceptedNumber, type RpcFailure } from './rpc-error.ts';
import { encoded, type Xdr, XdrError, XdrSource, xdr } from './xdr.ts';

const RPC_VERSION = 2;
const CALL = 0;
const REPLY = 1;
const MSG_ACCEPTED = 0;
const MSG_DENIED = 1;
const RPC_MISMATCH = 0;

/** Who asks, and the proof of it: nobody says (AUTH_NONE) in what is sent, anything is read. */
const auth = xdr.struct({ flavor: xdr.unsigned, body: xdr.opaque(400) });
const AUTH_NONE = Object.freeze({ flavor: 0, body: new Uint8Array(0) });

const header = xdr.struct({
  xid: xdr.unsigned,
  direction: xdr.unsigned,
  rpcVersion: xdr.unsigned,
  program: xdr.unsigned,
  version: xdr.unsigned,
  procedure: xdr.unsigned,
  credentials: auth,
  verifier: auth,
});

export interface OncCall {
  readonly xid: number;
  readonly program: number;
  readonly version: number;
  readonly procedure: number;
  /** The argument as XDR. */
  readonly argument: Uint8Array;
}

export interface OncReply {
  readonly xid: number;
  readonly outcome: 'SUCCESS' | RpcFailure;
  /** The result as XDR, where `outcome` is `SUCCESS`. */
  readonly result: Uint8Array;
}

const NONE = new Uint8Array(0);

const words = (...numbers: readonly number[]): Uint8Array =>
  joined(...numbers.map((n) => encoded(xdr.unsigned, n)));

/** A call as the bytes of a record. */
export const callBytes = ({ xid, program, version, procedure, argument }: OncCall): Uint8Array =>
  joined(
    encoded(header, {
      ...{ xid, direction: CALL, rpcVersion: RPC_VERSION, program, version, procedure },
      ...{ credentials: AUTH_NONE, verifier: AUTH_NONE },
    }),
    argument,
  );

const accepted = (xid: number, outcome: Accepted, ...behind: readonly Uint8Array[]): Uint8Array =>
  joined(
    ...[words(xid, REPLY, MSG_ACCEPTED), encoded(auth, AUTH_NONE), words(acceptedNumber(outcome))],
    ...behind,
  );

/** The reply in a record. Throws XdrError where it is none. */
export function replyIn(record: Uint8Array): OncReply {
  const from = new XdrSource(record);
  const xid = from.word();
  if (from.word() !== REPLY) throw new XdrError('a call where a reply was expected.');
  const how = from.word();
  if (how === MSG_DENIED) {
    const outcome = from.word() === RPC_MISMATCH ? 'RPC_MISMATCH' : 'AUTH_ERROR';
    return { xid, outcome, result: NONE };
  }
  if (how !== MSG_ACCEPTED) throw new XdrError(`a reply is accepted or denied, not ${how}.`);
  auth.read(from);
  const outcome = acceptedName(from.word());
  if (outcome === undefined) throw new XdrError('an outcome that RFC 5531 does not know.');
  return { xid, outcome, result: outcome === 'SUCCESS' ? from.rest() : NONE };
}

/** A procedure as a server has it. */
export interface OncProcedure {
  readonly argument: Xdr<unknown>;
  readonly result: Xdr<unknown>;
  readonly run: (argument: unknown, xid: number) => unknown;
}

/** A program as a server has it: its procedures by number. Procedure 0 does nothing, in every program. */
export interface OncProgram {
  readonly program: number;
  readonly version: number;
  readonly procedures: ReadonlyMap<number, OncProcedure>;
}

const nullProcedure: OncProcedure = { argument: xdr.nothing, result: xdr.nothing, run: () => {} };

/** The numbers of a call, and what is left behind them: the argument. Undefined where the record is no call. */
function callIn(record: Uint8Array) {
  const from = new XdrSource(record);
  try {
    const xid = from.word();
    if (from.word() !== CALL) return undefined;
    const rpcVersion = from.word();
    if (rpcVersion !== RPC_VERSION) return { xid, rpcVersion, program: 0, version: 0, procedure: 0, from };
    const [program, version, procedure] = [from.word(), from.word(), from.word()];
    auth.read(from);
    auth.read(from);
    return { xid, rpcVersion, program, version, procedure, from };
  } catch (e) {
    if (e instanceof XdrError) return undefined;
    throw e;
  }
}

/**
 * What a server answers to a record: it runs the procedure that is called. Undefined where the record is no call, which
 * nobody can answer. What a procedure throws is thrown.
 */
export function answerTo(record: Uint8Array, served: OncProgram): Uint8Array | undefined {
  const call = callIn(record);
  if (call === undefined) return undefined;
  const { xid, rpcVersion, program, version, procedure, from } = call;
  if (rpcVersion !== RPC_VERSION) {
    return words(xid, REPLY, MSG_DENIED, RPC_MISMATCH, RPC_VERSION, RPC_VERSION);
  }
  if (program !== served.program) return accepted(xid, 'PROG_UNAVAIL');
  if (version !== served.version) {
    return accepted(xid, 'PROG_MISMATCH', words(served.version, served.version));
  }
  const called = procedure === 0 ? nullProcedure : served.procedures.get(procedure);
  if (called === undefined) return accepted(xid, 'PROC_UNAVAIL');
  const argument = argumentIn(from, called);
  if (argument === undefined) return accepted(xid, 'GARBAGE_ARGS');
  return accepted(xid, 'SUCCESS', encoded(called.result, called.run(argument.value, xid)));
}

/** The argument, where what is left of the call is one. */
function argumentIn(from: XdrSource, { argument }: OncProcedure): { readonly value: unknown } | undefined {
  try {
    const value = argument.read(from);
    return from.left === 0 ? { value } : undefined;
  } catch (e) {
    if (e instanceof XdrError) return undefined;
    throw e;
  }
}
