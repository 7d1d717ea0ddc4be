// Frames of HTTP/2 (RFC 9113, section 4): nine bytes that say how long it is, of which type, with which flags and of which stream,
// and what it carries.
import { joined } from './bytes.ts';
import { Http2Error } from './http2-error.ts';

export const FrameType = {
  DATA: 0,
  HEADERS: 1,
  PRIORITY: 2,
  RST_STREAM: 3,
  SETTINGS: 4,
  PUSH_PROMISE: 5,
  PING: 6,
  GOAWAY: 7,
  WINDOW_UPDATE: 8,
  CONTINUATION: 9,
} as const;

export const Flag = { ACK: 0x1, END_STREAM: 0x1, END_HEADERS: 0x4, PADDED: 0x8, PRIORITY: 0x20 } as const;

/** Most bytes that a frame carries, unless the other side allows more (SETTINGS_MAX_FRAME_SIZE). */
export const FRAME = 16_384;
const HEAD = 9;

export interface Frame {
  readonly type: number;
  readonly flags: number;
  /** 0 for the connection. */
  readonly stream: number;
  readonly payload: Uint8Array;
}

/** The number of 31 bits (a window, a stream) or 32 at this place. */
export const wordAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
export const word = (n: number): readonly number[] => [
  (n >>> 24) & 0xff,
  (n >>> 16) & 0xff,
  (n >>> 8) & 0xff,
  n & 0xff,
];

/** A frame as bytes. */
export function frameBytes({ type, flags, stream, payload }: Frame): Uint8Array {
  const bytes = new Uint8Array(HEAD + payload.length);
  bytes.set([...word(payload.length).slice(1), type, flags, ...word(stream)]);
  bytes.set(payload, HEAD);
  return bytes;
}

/** Finds frames again in the pieces of a stream. */
export class Frames {
  #bytes: Uint8Array = new Uint8Array(0);

  add(piece: Uint8Array): void {
    this.#bytes = joined(this.#bytes, piece);
  }

  /** So many bytes that are no frame; undefined where they have not all come. */
  take(count: number): Uint8Array | undefined {
    if (this.#bytes.length < count) return undefined;
    const taken = this.#bytes.slice(0, count);
    this.#bytes = this.#bytes.slice(count);
    return taken;
  }

  /** The next frame; undefined where it has not all come. Throws Http2Error where it would be too long. */
  next(): Frame | undefined {
    if (this.#bytes.length < HEAD) return undefined;
    const length = wordAt(this.#bytes, 0) >>> 8;
    if (length > FRAME) throw new Http2Error('FRAME_SIZE_ERROR', `a frame of ${length} bytes`);
    if (this.#bytes.length < HEAD + length) return undefined;
    const [, , , type, flags] = this.#bytes;
    const stream = wordAt(this.#bytes, 5) & 0x7fffffff;
    const payload = this.#bytes.slice(HEAD, HEAD + length);
    this.#bytes = this.#bytes.slice(HEAD + length);
    return { type, flags, stream, payload };
  }
}
