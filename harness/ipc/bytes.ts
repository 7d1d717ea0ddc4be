// Between the bytes that the system carries and what student code has: bytes, text, or a whole number.
import type { Kernel } from '../shared/kernel.ts';

/** What can be sent: bytes, text (as UTF-8), or a whole number of 32 bits (as 4 bytes, the lowest first). */
export type Data = Uint8Array | string | number;

/** A number of bytes in words: `1 byte`. */
export const inBytes = (bytes: number): string => `${bytes} byte${bytes === 1 ? '' : 's'}`;

const lengthIn = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length')
  ?.get as () => number;

/**
 * How many bytes `data` is; undefined where it is no Uint8Array. By the view itself: what it says may be anything, and another
 * thing each time (a class of the student's that extends Uint8Array), and a Proxy runs code whenever it is looked at.
 */
export const lengthOf = (data: unknown): number | undefined =>
  ArrayBuffer.isView(data) && data instanceof Uint8Array ? Reflect.apply(lengthIn, data, []) : undefined;

/** Puts `data` into the buffer and returns how many bytes that are. Throws RangeError where it does not fit. */
export function put(kernel: Kernel, data: Data): number {
  const { buffer } = kernel;
  if (typeof data === 'number') {
    if (data !== (data | 0)) throw new RangeError(`${data} does not fit into 32 bits: send a whole number.`);
    for (let i = 0; i < 4; i++) buffer[i] = data >> (8 * i);
    return 4;
  }
  if (typeof data === 'string') return putText(buffer, data);
  const length = lengthOf(data);
  if (length === undefined) throw new TypeError(`cannot send ${what(data)}: bytes, text or a whole number.`);
  if (length > buffer.length) throw tooLong(length, buffer.length);
  buffer.set(data);
  return length;
}

const what = (data: unknown): string =>
  data === null || data === undefined
    ? String(data)
    : typeof data === 'object'
      ? 'an object'
      : `a ${typeof data}`;

const tooLong = (bytes: number, most: number): RangeError =>
  new RangeError(`${bytes} bytes at once: send at most ${most}, in several pieces.`);

/** The `bytes` first bytes of the buffer, as a copy. */
export const taken = ({ buffer }: Kernel, bytes: number): Uint8Array => buffer.slice(0, bytes);

/** The whole number in the first 4 bytes of `bytes`. Throws RangeError where there are fewer. */
export function int32In(bytes: Uint8Array): number {
  if (bytes.length < 4) throw new RangeError(`a number has 4 bytes; there are ${bytes.length}.`);
  return bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24);
}

// The realm of student code has no TextEncoder: UTF-8 by hand (RFC 3629). Lone surrogates become U+FFFD.
/** The leading byte of a character with so many bytes behind it. */
const LEADS = [0, 0xc0, 0xe0, 0xf0];

function putText(buffer: Uint8Array, text: string): number {
  let n = 0;
  for (const character of text) {
    const c = character.codePointAt(0) as number;
    const code = c >= 0xd800 && c <= 0xdfff ? 0xfffd : c;
    const more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    if (n + more >= buffer.length) throw tooLong(n + more + 1, buffer.length);
    buffer[n++] = LEADS[more] | (code >> (6 * more));
    for (let i = more - 1; i >= 0; i--) buffer[n++] = 0x80 | ((code >> (6 * i)) & 0x3f);
  }
  return n;
}

/** `text` as bytes (UTF-8). */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length);
  return bytes.slice(0, putText(bytes, text));
}

/** `bytes` as text (UTF-8). What is no UTF-8 becomes U+FFFD. */
export function textIn(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i++];
    const more = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : -1;
    let code = more <= 0 ? first : first & (0x3f >> more);
    let left = more;
    while (left > 0 && i < bytes.length && (bytes[i] & 0xc0) === 0x80) {
      code = (code << 6) | (bytes[i++] & 0x3f);
      left--;
    }
    text += more < 0 || left > 0 || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}

/** All of `parts`, one behind the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
