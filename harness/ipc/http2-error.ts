// What ends a stream or a connection of HTTP/2 (RFC 9113, section 7).

/** By their number. */
const CODES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
] as const;
export type Http2Code = (typeof CODES)[number];
export const http2Number = (code: Http2Code): number => CODES.indexOf(code);
/** What is not known counts as INTERNAL_ERROR (section 7). */
export const http2Name = (number: number): Http2Code => CODES[number] ?? 'INTERNAL_ERROR';

/** The other side does what HTTP/2 forbids, and the connection is over. The message says what, for people. */
export class Http2Error extends Error {
  override readonly name = 'Http2Error';
  readonly code: Http2Code;
  constructor(code: Http2Code, what: string) {
    super(what);
    this.code = code;
  }
}
