// How gRPC says what a call came to (https://grpc.github.io/grpc/core/md_doc_statuscodes.html), and which failures of `rpc` that
// are: solutions meet the same ones by every transport.
import { bytesOf, textIn } from './bytes.ts';
import type { Http2Code } from './http2-error.ts';
import type { RpcFailure } from './rpc-error.ts';

/** By their number. */
const STATUSES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;
export type GrpcStatus = (typeof STATUSES)[number];
export const statusNumber = (status: GrpcStatus): string => `${STATUSES.indexOf(status)}`;
/** The status by this number, as text; undefined where it is no number. What is not known counts as UNKNOWN. */
export const statusName = (number: string): GrpcStatus | undefined =>
  /^\d{1,9}$/.test(number) ? (STATUSES[Number(number)] ?? 'UNKNOWN') : undefined;

const failures: { readonly [S in GrpcStatus]?: RpcFailure } = {
  UNIMPLEMENTED: 'PROC_UNAVAIL',
  INVALID_ARGUMENT: 'GARBAGE_ARGS',
  PERMISSION_DENIED: 'AUTH_ERROR',
  UNAUTHENTICATED: 'AUTH_ERROR',
};
/** The failure that a status other than OK is. */
export const failureOf = (status: GrpcStatus): RpcFailure => failures[status] ?? 'SYSTEM_ERR';

/** The status that an answer of HTTP without one of gRPC's stands for. */
export const statusOfHttp = (code: string): GrpcStatus => {
  const known: Readonly<Record<string, GrpcStatus>> = {
    ...{ 400: 'INTERNAL', 401: 'UNAUTHENTICATED', 403: 'PERMISSION_DENIED', 404: 'UNIMPLEMENTED' },
    ...{ 429: 'UNAVAILABLE', 502: 'UNAVAILABLE', 503: 'UNAVAILABLE', 504: 'UNAVAILABLE' },
  };
  return known[code] ?? 'UNKNOWN';
};

/** The failure that the end of a stream before the answer is. One that was refused was never looked at. */
export const failureOfReset = (code: Http2Code): RpcFailure =>
  code === 'REFUSED_STREAM' ? 'CANT_SEND' : code === 'INADEQUATE_SECURITY' ? 'AUTH_ERROR' : 'SYSTEM_ERR';

/** Text for `grpc-message`: what is no printable character of ASCII, and %, as its bytes in hexadecimal. */
export function inPercents(text: string): string {
  let said = '';
  for (const byte of bytesOf(text)) {
    const plain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
    said += plain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return said;
}

/** The text again. What is no such code stands as it is. */
export function fromPercents(said: string): string {
  const bytes: number[] = [];
  for (let i = 0; i < said.length; i++) {
    const hex = said.slice(i + 1, i + 3);
    if (said[i] === '%' && /^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      i += 2;
    } else bytes.push(said.charCodeAt(i) & 0xff);
  }
  return textIn(Uint8Array.from(bytes));
}
