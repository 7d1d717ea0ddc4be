// How protocol buffers write fields (https://protobuf.dev/programming-guides/encoding): the number of a field and one of a few
// ways to write a value, so that who does not know a field can skip it.

/** Bytes that are no message of the type that was expected. */
export class ProtoError extends Error {
  override readonly name = 'ProtoError';
}

export const Wire = { VARINT: 0, FIXED64: 1, BYTES: 2, GROUP: 3, END: 4, FIXED32: 5 } as const;

/** A whole number of 64 bits as two of 32 without a sign. */
export interface Wide {
  readonly low: number;
  readonly high: number;
}

/** What stood in a field. */
export type Found =
  | { readonly wire: typeof Wire.VARINT; readonly number: Wide }
  | {
      readonly wire: typeof Wire.BYTES | typeof Wire.FIXED64 | typeof Wire.FIXED32;
      readonly bytes: Uint8Array;
    };

/** Groups within groups, and no deeper. */
const DEPTH = 100;

/** Bytes that are read from the front. */
export class ProtoSource {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isOver(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(count: number): Uint8Array {
    const left = this.#bytes.length - this.#at;
    if (count > left) throw new ProtoError(`${count} more bytes were expected, and there are ${left}`);
    this.#at += count;
    return this.#bytes.slice(this.#at - count, this.#at);
  }

  /** A number in groups of seven bits, the lowest first. */
  varint(): Wide {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      const bits = byte & 0x7f;
      if (shift < 32) low = (low | (bits << shift)) >>> 0;
      if (shift === 28) high = bits >>> 4;
      if (shift > 28) high = (high | (bits << (shift - 32))) >>> 0;
      if (byte < 0x80) return { low, high };
    }
    throw new ProtoError('a number of more than 10 bytes');
  }

  /** The next field; undefined for a group, which proto3 does not know. */
  field(): { readonly number: number; readonly found: Found | undefined } {
    const { number, wire } = this.#tag();
    return { number, found: this.#value(number, wire, DEPTH) };
  }

  #byte(): number {
    if (this.isOver) throw new ProtoError('1 more byte was expected, and there is none');
    return this.#bytes[this.#at++];
  }

  #tag() {
    const { low, high } = this.varint();
    const number = low >>> 3;
    if (high !== 0 || number === 0) throw new ProtoError('a field without a number');
    return { number, wire: low & 7 };
  }

  #value(number: number, wire: number, depth: number): Found | undefined {
    switch (wire) {
      case Wire.VARINT:
        return { wire, number: this.varint() };
      case Wire.FIXED64:
        return { wire, bytes: this.take(8) };
      case Wire.FIXED32:
        return { wire, bytes: this.take(4) };
      case Wire.BYTES:
        return { wire, bytes: this.take(this.#length()) };
      case Wire.GROUP:
        if (depth === 0) throw new ProtoError(`groups in groups, ${DEPTH} deep`);
        for (let inner = this.#tag(); ; inner = this.#tag()) {
          if (inner.wire !== Wire.END) this.#value(inner.number, inner.wire, depth - 1);
          else if (inner.number === number) return undefined;
          else throw new ProtoError('a group that ends where none began');
        }
      default:
        throw new ProtoError(`field ${number} is written in way ${wire}, which there is not`);
    }
  }

  #length(): number {
    const { low, high } = this.varint();
    return high === 0 ? low : 2 ** 32;
  }
}

/** Writes a number in groups of seven bits. */
export function putVarint({ low, high }: Wide, to: number[]): void {
  let [a, b] = [low, high];
  while (b !== 0 || a > 0x7f) {
    to.push((a & 0x7f) | 0x80);
    a = ((a >>> 7) | (b << 25)) >>> 0;
    b >>>= 7;
  }
  to.push(a);
}

export const putTag = (number: number, wire: number, to: number[]): void =>
  putVarint({ low: ((number << 3) | wire) >>> 0, high: 0 }, to);

/** Bytes behind their count. */
export function putBytes(bytes: ArrayLike<number>, to: number[]): void {
  putVarint({ low: bytes.length, high: 0 }, to);
  for (let i = 0; i < bytes.length; i++) to.push(bytes[i]);
}
