// Record marking (RFC 5531, section 11): messages in a stream of bytes. A record is sent as one or more fragments; four bytes
// before each say how long it is, and their highest bit that it is the last one.
import { joined } from './bytes.ts';

const LAST = 0x80000000;
/** Most bytes of a record: what claims to be longer is none. */
const MOST = 1_048_576;

const tooLong = (bytes: number): RangeError =>
  new RangeError(`a record of ${bytes} bytes: use at most ${MOST}, in several calls.`);

/** A record as one fragment. Throws RangeError where it is too long. */
export function marked(record: Uint8Array): Uint8Array {
  if (record.length > MOST) throw tooLong(record.length);
  const bytes = new Uint8Array(4 + record.length);
  const n = record.length;
  bytes.set([0x80 | (n >>> 24), (n >>> 16) & 0xff, (n >>> 8) & 0xff, n & 0xff]);
  bytes.set(record, 4);
  return bytes;
}

const NONE: Uint8Array = new Uint8Array(0);

/** Finds records again in the pieces of a stream. */
export class Records {
  /** What has come and is no whole fragment yet. */
  #bytes: Uint8Array = NONE;
  /** Fragments of the record so far. */
  #record: Uint8Array = NONE;

  add(piece: Uint8Array): void {
    this.#bytes = joined(this.#bytes, piece);
  }

  /** The next record; undefined where it has not all come. Throws RangeError where it would be too long. */
  next(): Uint8Array | undefined {
    while (this.#bytes.length >= 4) {
      const [a, b, c, d] = this.#bytes;
      const mark = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
      const length = mark & ~LAST;
      if (this.#record.length + length > MOST) throw tooLong(this.#record.length + length);
      if (this.#bytes.length < 4 + length) return undefined;
      this.#record = joined(this.#record, this.#bytes.slice(4, 4 + length));
      this.#bytes = this.#bytes.slice(4 + length);
      if ((mark & LAST) === 0) continue;
      const record = this.#record;
      this.#record = NONE;
      return record;
    }
    return undefined;
  }

  /** Whether something has come that is no whole record. */
  get isWithin(): boolean {
    return this.#bytes.length > 0 || this.#record.length > 0;
  }
}
