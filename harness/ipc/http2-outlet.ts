// What one end of an HTTP/2 connection sends: frames, and data as far as the other side has room for it (RFC 9113, section 5.2).
import { joined } from './bytes.ts';
import { Http2Error } from './http2-error.ts';
import { Flag, FRAME, FrameType, frameBytes } from './http2-frame.ts';
import { type Http2Stream, newStream, type Outgoing } from './http2-stream.ts';

/** Bytes that each side has room for at first, on every stream and on the connection. */
export const WINDOW = 65_535;
const MOST_WINDOW = 2 ** 31 - 1;

const tooWide = (room: number): Http2Error =>
  new Http2Error('FLOW_CONTROL_ERROR', `a window of ${room} bytes`);

export class Outlet {
  #out: Uint8Array[] = [];
  /** What the other side has room for on the connection, and on streams that begin. */
  #room = WINDOW;
  #roomAtFirst = WINDOW;
  /** Bytes of a frame that the other side takes. */
  #most = FRAME;

  /** Bytes that are no frame. */
  bytes(bytes: Uint8Array): void {
    this.#out.push(bytes);
  }

  frame(type: number, flags: number, stream: number, payload: Uint8Array | readonly number[]): void {
    this.#out.push(frameBytes({ type, flags, stream, payload: Uint8Array.from(payload) }));
  }

  /** Takes all that was put here. */
  take(): Uint8Array {
    const bytes = joined(...this.#out);
    this.#out = [];
    return bytes;
  }

  stream(): Http2Stream {
    return newStream(this.#roomAtFirst);
  }

  /** Puts here what waits on a stream, as far as there is room. */
  release(id: number, stream: Http2Stream): void {
    for (let first = stream.waiting[0]; first !== undefined; first = stream.waiting[0]) {
      if (first.kind === 'headers') this.#headers(id, first.block, first.ends);
      else if (!this.#data(id, stream, first)) return;
      stream.waiting.shift();
    }
  }

  /** Whether all of it could go. */
  #data(id: number, stream: Http2Stream, data: Outgoing & { readonly kind: 'data' }): boolean {
    for (;;) {
      const left = data.bytes.length - data.at;
      const most = Math.min(left, stream.room, this.#room, this.#most);
      if (most <= 0 && left > 0) return false;
      const all = most === left;
      const part = data.bytes.slice(data.at, data.at + most);
      this.frame(FrameType.DATA, all && data.ends ? Flag.END_STREAM : 0, id, part);
      stream.room -= most;
      this.#room -= most;
      data.at += most;
      if (all) return true;
    }
  }

  #headers(stream: number, block: Uint8Array, ends: boolean): void {
    for (let at = 0, type: number = FrameType.HEADERS; at === 0 || at < block.length; at += FRAME) {
      const last = at + FRAME >= block.length ? Flag.END_HEADERS : 0;
      const end = ends && at === 0 ? Flag.END_STREAM : 0;
      this.frame(type, last | end, stream, block.slice(at, at + FRAME));
      type = FrameType.CONTINUATION;
    }
  }

  /** The other side has room for so many bytes more; on the connection, or on a stream. Throws Http2Error. */
  widen(by: number, stream?: Http2Stream): void {
    const room = (stream === undefined ? this.#room : stream.room) + by;
    if (room > MOST_WINDOW) throw tooWide(room);
    if (stream === undefined) this.#room = room;
    else stream.room = room;
  }

  /** The other side has this much room on a stream that begins, and on those there are as much more. Throws Http2Error. */
  widenAll(room: number, streams: Iterable<Http2Stream>): void {
    if (room > MOST_WINDOW) throw tooWide(room);
    for (const stream of streams) this.widen(room - this.#roomAtFirst, stream);
    this.#roomAtFirst = room;
  }

  /** The other side takes frames of so many bytes. Throws Http2Error. */
  allow(most: number): void {
    if (most < FRAME || most >= 2 ** 24) throw new Http2Error('PROTOCOL_ERROR', `frames of ${most} bytes`);
    this.#most = most;
  }
}
