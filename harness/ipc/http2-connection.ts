// One end of an HTTP/2 connection (RFC 9113) as a machine of bytes: it is given what comes and says what to send, and neither
// reads nor writes itself. So roles can wait on it without an event loop, and tests can hold it against any other
// implementation. No more of it than unary calls need: no push, no priorities.
import { bytesOf, joined } from './bytes.ts';
import { type Header, HeaderReader, HpackError, headerBlock } from './hpack.ts';
import { type Http2Code, Http2Error, http2Name, http2Number } from './http2-error.ts';
import { Flag, type Frame, Frames, FrameType, word, wordAt } from './http2-frame.ts';
import { Outlet, WINDOW } from './http2-outlet.ts';
import { type Http2Stream, isDone } from './http2-stream.ts';

/** What has come, as far as calls are about it. */
export type Http2Event =
  | {
      readonly kind: 'headers';
      readonly stream: number;
      readonly headers: readonly Header[];
      readonly ends: boolean;
    }
  | { readonly kind: 'data'; readonly stream: number; readonly bytes: Uint8Array; readonly ends: boolean }
  | { readonly kind: 'reset'; readonly stream: number; readonly code: Http2Code }
  /** The other side goes: streams above `last` were not looked at, and never will be. */
  | { readonly kind: 'going'; readonly last: number };

const PREFACE = bytesOf('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const Setting = { ENABLE_PUSH: 2, MAX_CONCURRENT_STREAMS: 3, INITIAL_WINDOW_SIZE: 4, MAX_FRAME_SIZE: 5 };

/** Bytes that have come until they are given back as room: half a window. */
const ENOUGH = 32_768;
/** Streams that a client may have open at once. */
const STREAMS = 100;
/** Most bytes of a block of headers. */
const BLOCK = 65_536;

/** Headers of which more frames are to come. */
interface Unfinished {
  readonly stream: number;
  readonly ends: boolean;
  block: Uint8Array;
}

const NONE = new Uint8Array(0);
const broken = (what: string, code: Http2Code = 'PROTOCOL_ERROR'): Http2Error => new Http2Error(code, what);

export class Http2Connection {
  readonly #isServer: boolean;
  readonly #frames = new Frames();
  readonly #reader = new HeaderReader();
  readonly #streams = new Map<number, Http2Stream>();
  readonly #out = new Outlet();
  /** The highest stream that the client has begun. */
  #last = 0;
  /** Bytes of data that have come and have not been given back as room. */
  #consumed = 0;
  /** Whether the other side has begun as it has to: with its preface, and with its settings. */
  #hasPreface: boolean;
  #hasSettings = false;
  /** Headers that have not all come. */
  #headers: Unfinished | undefined;
  #over: Http2Error | undefined;

  constructor(side: 'client' | 'server') {
    this.#isServer = side === 'server';
    this.#hasPreface = !this.#isServer;
    if (this.#isServer) return;
    this.#out.bytes(PREFACE);
    this.#out.frame(FrameType.SETTINGS, 0, 0, [0, Setting.ENABLE_PUSH, ...word(0)]);
  }

  /** Why nothing more can be done with it; undefined while something can. */
  get over(): Http2Error | undefined {
    return this.#over;
  }

  /** Whether something waits until the other side has room for it. */
  get isHeldUp(): boolean {
    return [...this.#streams.values()].some(({ waiting }) => waiting.length > 0);
  }

  /** The same of one stream. */
  waits(stream: number): boolean {
    return (this.#streams.get(stream)?.waiting.length ?? 0) > 0;
  }

  /** Begins a stream, and returns its number. */
  begin(): number {
    this.#last += this.#last === 0 ? 1 : 2;
    this.#streams.set(this.#last, this.#out.stream());
    return this.#last;
  }

  /** Sends headers on a stream; `ends`: and nothing more. Nothing happens where the stream is over. */
  headers(stream: number, headers: readonly Header[], ends = false): void {
    const of = this.#streams.get(stream);
    if (of === undefined) return;
    of.waiting.push({ kind: 'headers', block: headerBlock(headers), ends });
    if (ends) of.endedHere = true;
  }

  /** The same for data. */
  data(stream: number, bytes: Uint8Array, ends = false): void {
    const of = this.#streams.get(stream);
    if (of === undefined) return;
    of.waiting.push({ kind: 'data', bytes, at: 0, ends });
    if (ends) of.endedHere = true;
  }

  /** Gives a stream up: what waits on it is not sent, and what comes on it is not told. */
  reset(stream: number, code: Http2Code): void {
    if (this.#streams.delete(stream))
      this.#out.frame(FrameType.RST_STREAM, 0, stream, word(http2Number(code)));
  }

  received(bytes: Uint8Array): void {
    this.#frames.add(bytes);
  }

  /** What may be sent now. What the windows have no room for stays, until `received` has made some. */
  toSend(): Uint8Array {
    for (const [id, stream] of this.#streams) {
      this.#out.release(id, stream);
      if (isDone(stream)) this.#streams.delete(id);
    }
    return this.#out.take();
  }

  /** The next that has come; undefined where more must be received first, or where it is over. */
  next(): Http2Event | undefined {
    try {
      while (this.#over === undefined && this.#hasBegun()) {
        const frame = this.#frames.next();
        if (frame === undefined) return undefined;
        const event = this.#taken(frame);
        if (event !== undefined) return event;
      }
    } catch (e) {
      if (e instanceof HpackError) this.#fail(broken(e.message, 'COMPRESSION_ERROR'));
      else if (e instanceof Http2Error) this.#fail(e);
      else throw e;
    }
    return undefined;
  }

  /** Says why it is over (section 5.4.1). */
  #fail(error: Http2Error): void {
    this.#over = error;
    this.#streams.clear();
    const why = [...word(this.#isServer ? this.#last : 0), ...word(http2Number(error.code))];
    this.#out.frame(FrameType.GOAWAY, 0, 0, [...why, ...bytesOf(error.message)]);
  }

  /** Whether the client's preface has come, which the server answers with its settings (section 3.4). */
  #hasBegun(): boolean {
    if (this.#hasPreface) return true;
    const preface = this.#frames.take(PREFACE.length);
    if (preface === undefined) return false;
    if (preface.some((byte, i) => byte !== PREFACE[i])) throw broken('no preface of HTTP/2');
    this.#hasPreface = true;
    this.#out.frame(FrameType.SETTINGS, 0, 0, [0, Setting.MAX_CONCURRENT_STREAMS, ...word(STREAMS)]);
    return true;
  }

  #taken(frame: Frame): Http2Event | undefined {
    const { type, stream, payload } = frame;
    if (!this.#hasSettings && (type !== FrameType.SETTINGS || (frame.flags & Flag.ACK) !== 0)) {
      throw broken('it does not begin with settings');
    }
    if (this.#headers !== undefined && (type !== FrameType.CONTINUATION || stream !== this.#headers.stream)) {
      throw broken('another frame within headers');
    }
    switch (type) {
      case FrameType.DATA:
        return this.#takeData(frame);
      case FrameType.HEADERS:
        return this.#takeHeaders(frame);
      case FrameType.CONTINUATION:
        return this.#takeContinuation(frame);
      case FrameType.PRIORITY:
        this.#checkPart(frame, 5);
        return undefined;
      case FrameType.RST_STREAM:
        this.#checkPart(frame, 4);
        if (stream > this.#last) throw broken('a stream is reset that was not begun');
        return this.#streams.delete(stream)
          ? { kind: 'reset', stream, code: http2Name(wordAt(payload, 0)) }
          : undefined;
      case FrameType.SETTINGS:
        return this.#takeSettings(frame);
      case FrameType.PUSH_PROMISE:
        throw broken('a push that nobody allowed');
      case FrameType.PING:
        this.#checkWhole(frame, 8);
        if ((frame.flags & Flag.ACK) === 0) this.#out.frame(FrameType.PING, Flag.ACK, 0, payload);
        return undefined;
      case FrameType.GOAWAY:
        if (stream !== 0) throw broken('a stream goes away');
        if (payload.length < 8) throw broken('a frame of another length', 'FRAME_SIZE_ERROR');
        return { kind: 'going', last: wordAt(payload, 0) & 0x7fffffff };
      case FrameType.WINDOW_UPDATE:
        return this.#takeRoom(frame);
      default:
        return undefined; // section 5.5: what is not known is not looked at
    }
  }

  /** A frame of one stream with so many bytes. */
  #checkPart({ stream, payload }: Frame, bytes: number): void {
    if (stream === 0) throw broken('a frame that belongs to no stream');
    if (payload.length !== bytes) throw broken('a frame of another length', 'FRAME_SIZE_ERROR');
  }

  /** The same of the whole connection. */
  #checkWhole({ stream, payload }: Frame, bytes: number): void {
    if (stream !== 0) throw broken('a frame that belongs to a stream');
    if (payload.length !== bytes) throw broken('a frame of another length', 'FRAME_SIZE_ERROR');
  }

  #takeData(frame: Frame): Http2Event | undefined {
    const { stream, payload } = frame;
    if (stream === 0) throw broken('data that belongs to no stream');
    if (stream > this.#last) throw broken('data on a stream that was not begun');
    const bytes = content(frame);
    // Padding counts as well, and so does what comes on a stream that was given up (section 6.9).
    this.#consumed += payload.length;
    if (this.#consumed > WINDOW) throw broken('more data than there was room for', 'FLOW_CONTROL_ERROR');
    if (this.#consumed >= ENOUGH) {
      this.#out.frame(FrameType.WINDOW_UPDATE, 0, 0, word(this.#consumed));
      this.#consumed = 0;
    }
    const of = this.#streams.get(stream);
    if (of === undefined) return undefined;
    if (of.endedThere) throw broken('data behind the end of a stream', 'STREAM_CLOSED');
    const ends = this.#ends(frame, of);
    of.consumed += payload.length;
    if (of.consumed > WINDOW) throw broken('more data than there was room for', 'FLOW_CONTROL_ERROR');
    if (!ends && of.consumed >= ENOUGH) {
      this.#out.frame(FrameType.WINDOW_UPDATE, 0, stream, word(of.consumed));
      of.consumed = 0;
    }
    return { kind: 'data', stream, bytes, ends };
  }

  /** Whether a stream ends with this frame; notes it. */
  #ends({ flags, stream }: Pick<Frame, 'flags' | 'stream'>, of: Http2Stream): boolean {
    if ((flags & Flag.END_STREAM) === 0) return false;
    of.endedThere = true;
    if (isDone(of)) this.#streams.delete(stream);
    return true;
  }

  #takeHeaders(frame: Frame): Http2Event | undefined {
    const { stream, flags } = frame;
    if (stream === 0) throw broken('headers that belong to no stream');
    if (stream % 2 === 0) throw broken('a stream that no client begins');
    if (!this.#isServer && stream > this.#last) throw broken('headers on a stream that was not begun');
    const whole = content(frame);
    if ((flags & Flag.PRIORITY) !== 0 && whole.length < 5) {
      throw broken('a frame of another length', 'FRAME_SIZE_ERROR');
    }
    const block = (flags & Flag.PRIORITY) !== 0 ? whole.slice(5) : whole;
    this.#headers = { stream, ends: (flags & Flag.END_STREAM) !== 0, block };
    return (flags & Flag.END_HEADERS) !== 0 ? this.#wholeHeaders() : undefined;
  }

  #takeContinuation({ flags, payload }: Frame): Http2Event | undefined {
    const headers = this.#headers;
    if (headers === undefined) throw broken('headers go on that have not begun');
    headers.block = joined(headers.block, payload);
    if (headers.block.length > BLOCK)
      throw broken(`headers of more than ${BLOCK} bytes`, 'ENHANCE_YOUR_CALM');
    return (flags & Flag.END_HEADERS) !== 0 ? this.#wholeHeaders() : undefined;
  }

  #wholeHeaders(): Http2Event | undefined {
    const { stream, ends, block } = this.#headers as Unfinished;
    this.#headers = undefined;
    // Also those that nobody waits for: the table of headers changes with each of them.
    const headers = this.#reader.read(block);
    if (this.#isServer && stream > this.#last) {
      this.#last = stream;
      this.#streams.set(stream, this.#out.stream());
      if (this.#streams.size > STREAMS) {
        this.reset(stream, 'REFUSED_STREAM');
        return undefined;
      }
    }
    const of = this.#streams.get(stream);
    if (of === undefined) return undefined;
    if (of.endedThere) throw broken('headers behind the end of a stream', 'STREAM_CLOSED');
    this.#ends({ flags: ends ? Flag.END_STREAM : 0, stream }, of);
    return { kind: 'headers', stream, headers, ends };
  }

  #takeSettings({ stream, flags, payload }: Frame): undefined {
    if (stream !== 0) throw broken('settings that belong to a stream');
    if ((flags & Flag.ACK) !== 0 ? payload.length > 0 : payload.length % 6 !== 0) {
      throw broken('a frame of another length', 'FRAME_SIZE_ERROR');
    }
    this.#hasSettings = true;
    if ((flags & Flag.ACK) !== 0) return;
    for (let at = 0; at < payload.length; at += 6) {
      const value = wordAt(payload, at + 2);
      switch ((payload[at] << 8) | payload[at + 1]) {
        case Setting.INITIAL_WINDOW_SIZE:
          this.#out.widenAll(value, this.#streams.values());
          break;
        case Setting.MAX_FRAME_SIZE:
          this.#out.allow(value);
      }
    }
    this.#out.frame(FrameType.SETTINGS, Flag.ACK, 0, NONE);
  }

  #takeRoom({ stream, payload }: Frame): undefined {
    if (payload.length !== 4) throw broken('a frame of another length', 'FRAME_SIZE_ERROR');
    const by = wordAt(payload, 0) & 0x7fffffff;
    if (by === 0) throw broken('a window that grows by nothing');
    if (stream > this.#last) throw broken('room on a stream that was not begun');
    const of = this.#streams.get(stream);
    // On a stream that is over there may be room on its way yet.
    if (stream === 0 || of !== undefined) this.#out.widen(by, of);
  }
}

/** What a frame carries without what it is filled up with (section 6.1). */
function content({ flags, payload }: Frame): Uint8Array {
  if ((flags & Flag.PADDED) === 0) return payload;
  if (payload.length <= payload[0] || payload.length === 0) throw broken('more padding than frame');
  return payload.slice(1, payload.length - payload[0]);
}
