// HPACK, the compression of headers in HTTP/2 (RFC 7541). What comes is read whatever it uses: the static table, the dynamic
// one, Huffman codes. What is sent uses the static table alone, and so nothing has to be remembered for it.
import { fromHuffman } from './hpack-huffman.ts';
import { STATIC_TABLE } from './hpack-static.ts';

/** One field of a header; the characters are bytes. */
export type Header = readonly [name: string, value: string];

/** Bytes that are no block of headers. */
export class HpackError extends Error {
  override readonly name = 'HpackError';
}

/** What a field adds to the size of a table (section 4.1). */
const OVERHEAD = 32;
/** Most bytes of the dynamic table, as nothing else was agreed (RFC 9113, section 6.5.2). */
const TABLE = 4096;
/** Most bytes of a list of headers; a few bytes of the table can stand for thousands. */
const LIST = 65_536;
/** No number in a block of headers is as large as this. */
const MOST = 2 ** 24;

const sizeOf = ([name, value]: Header): number => name.length + value.length + OVERHEAD;

/** Bytes of a block that are read from the front. */
class Block {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  get isOver(): boolean {
    return this.#at === this.#bytes.length;
  }
  byte(): number {
    if (this.isOver) throw new HpackError('a header that is cut off');
    return this.#bytes[this.#at++];
  }
  /** The number that begins in the lowest `bits` bits of `first` (section 5.1). */
  number(first: number, bits: number): number {
    const full = 2 ** bits - 1;
    let n = first & full;
    if (n < full) return n;
    for (let unit = 1; ; unit *= 128) {
      const byte = this.byte();
      n += (byte & 0x7f) * unit;
      if (n > MOST || unit > MOST) throw new HpackError('a number in a header that is too large');
      if (byte < 0x80) return n;
    }
  }
  /** Text as it is or by Huffman's code (section 5.2). */
  text(): string {
    const first = this.byte();
    const length = this.number(first, 7);
    if (length > this.#bytes.length - this.#at) throw new HpackError('a text in a header that is cut off');
    const coded = this.#bytes.slice(this.#at, this.#at + length);
    this.#at += length;
    const bytes = first < 0x80 ? coded : fromHuffman(coded);
    if (bytes === undefined) throw new HpackError('a text in a header that is no Huffman code');
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return text;
  }
}

/** Reads the blocks of headers of one direction of a connection, all of them in their order. */
export class HeaderReader {
  /** Newest first. */
  #table: Header[] = [];
  #size = 0;
  #most = TABLE;

  /** The fields of one block. Throws HpackError. */
  read(bytes: Uint8Array): readonly Header[] {
    const block = new Block(bytes);
    const headers: Header[] = [];
    let size = 0;
    while (!block.isOver) {
      const header = this.#next(block, headers.length === 0);
      if (header === undefined) continue;
      headers.push(header);
      size += sizeOf(header);
      if (size > LIST) throw new HpackError(`headers of more than ${LIST} bytes`);
    }
    return headers;
  }

  /** Fields in the dynamic table, newest first, and their size. */
  get table(): { readonly headers: readonly Header[]; readonly size: number } {
    return { headers: this.#table, size: this.#size };
  }

  /** The next field (section 6); undefined where the size of the table was changed instead. */
  #next(block: Block, first: boolean): Header | undefined {
    const byte = block.byte();
    if (byte >= 0x80) return this.#known(block.number(byte, 7));
    if (byte >= 0x40) {
      const header = this.#literal(block, block.number(byte, 6));
      this.#remember(header);
      return header;
    }
    if (byte < 0x20) return this.#literal(block, block.number(byte, 4));
    const most = block.number(byte, 5);
    if (!first || most > TABLE) throw new HpackError(`a header table of ${most} bytes`);
    this.#most = most;
    this.#shrink();
    return undefined;
  }

  #known(index: number): Header {
    const header = STATIC_TABLE[index - 1] ?? this.#table[index - 1 - STATIC_TABLE.length];
    if (header === undefined) throw new HpackError(`header ${index}, and there are fewer`);
    return header;
  }

  #literal(block: Block, index: number): Header {
    const name = index === 0 ? block.text() : this.#known(index)[0];
    return [name, block.text()];
  }

  #remember(header: Header): void {
    this.#table.unshift(header);
    this.#size += sizeOf(header);
    this.#shrink();
  }

  #shrink(): void {
    while (this.#size > this.#most) this.#size -= sizeOf(this.#table.pop() as Header);
  }
}

function putNumber(n: number, bits: number, kind: number, to: number[]): void {
  const full = 2 ** bits - 1;
  if (n < full) {
    to.push(kind | n);
    return;
  }
  to.push(kind | full);
  let left = n - full;
  for (; left >= 128; left = Math.floor(left / 128)) to.push(0x80 | (left % 128));
  to.push(left);
}

function putText(text: string, to: number[]): void {
  putNumber(text.length, 7, 0, to);
  for (let i = 0; i < text.length; i++) to.push(text.charCodeAt(i) & 0xff);
}

/** The block that says `headers`. */
export function headerBlock(headers: readonly Header[]): Uint8Array {
  const to: number[] = [];
  for (const [name, value] of headers) {
    const whole = STATIC_TABLE.findIndex(([n, v]) => n === name && v === value) + 1;
    if (whole > 0) {
      putNumber(whole, 7, 0x80, to);
      continue;
    }
    const index = STATIC_TABLE.findIndex(([n]) => n === name) + 1;
    putNumber(index, 4, 0, to);
    if (index === 0) putText(name, to);
    putText(value, to);
  }
  return Uint8Array.from(to);
}
