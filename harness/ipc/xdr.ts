// XDR, the external data representation (RFC 4506): how values become bytes that any machine understands. Everything is a
// multiple of 4 bytes, with the highest byte first, and nothing says what it is: both sides must know the types.
import { sealed } from '../shared/sealed.ts';
import { bytesOf, lengthOf, textIn } from './bytes.ts';

/** Bytes that are no value of the type that was expected. */
export class XdrError extends Error {
  override readonly name = 'XdrError';
}

/** Bytes that are read from the front. */
export class XdrSource {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  /** Bytes that are left. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }
  take(count: number): Uint8Array {
    if (count > this.left)
      throw new XdrError(`${count} more bytes were expected, and there are ${this.left}.`);
    this.#at += count;
    return this.#bytes.slice(this.#at - count, this.#at);
  }
  /** A number of 32 bits without a sign. */
  word(): number {
    const [a, b, c, d] = this.take(4);
    return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }
  /** All that is left. */
  rest(): Uint8Array {
    return this.take(this.left);
  }
}

// Types may be the student's own, who meets both then: nothing can be left on them for the next run.
sealed(XdrError, XdrSource);

/** What a type is made of, for whoever writes the same values otherwise. */
export type Shape =
  | { readonly is: 'int' | 'unsigned' | 'hyper' | 'bool' | 'double' | 'string' | 'bytes' | 'nothing' }
  | { readonly is: 'array' | 'optional'; readonly of: Xdr<unknown> }
  | { readonly is: 'struct'; readonly fields: Readonly<Record<string, Xdr<unknown>>> };

/** A type of XDR: how its values are written, byte by byte behind the others, and read. */
export interface Xdr<T> {
  /** Types of a solution's own need none, where the transport is ONC RPC. */
  readonly shape?: Shape;
  /** Throws TypeError or RangeError where `value` is none of its values. */
  write(value: T, to: number[]): void;
  /** Throws XdrError where the bytes are none of its values. */
  read(from: XdrSource): T;
}

/** The values of a type: `ValueOf<typeof xdr.int>` is number. */
export type ValueOf<X> = X extends Xdr<infer T> ? T : never;

const putWord = (n: number, to: number[]): void => {
  to.push((n >>> 24) & 0xff, (n >>> 16) & 0xff, (n >>> 8) & 0xff, n & 0xff);
};

/** Bytes to a multiple of four. */
const padding = (bytes: number): number => (4 - (bytes % 4)) % 4;

/** Puts the first `count` of `bytes`, one by one: how they are iterated may be the student's own. */
function putPadded(bytes: Uint8Array, count: number, to: number[]): void {
  for (let i = 0; i < count; i++) to.push(bytes[i]);
  for (let i = padding(count); i > 0; i--) to.push(0);
}

function takePadded(count: number, from: XdrSource): Uint8Array {
  const bytes = from.take(count);
  if (from.take(padding(count)).some((byte) => byte !== 0)) throw new XdrError('padding that is not 0.');
  return bytes;
}

const whole = (
  name: 'int' | 'unsigned',
  least: number,
  most: number,
  read: (word: number) => number,
): Xdr<number> => ({
  shape: { is: name },
  write(value, to) {
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new RangeError(
        `${String(value)} is no ${name} of XDR: use a whole number from ${least} to ${most}.`,
      );
    }
    putWord(value, to);
  },
  read: (from) => read(from.word()),
});

const int: Xdr<number> = whole('int', -(2 ** 31), 2 ** 31 - 1, (word) => word | 0);
const unsigned: Xdr<number> = whole('unsigned', 0, 2 ** 32 - 1, (word) => word);

const hyper: Xdr<bigint> = {
  shape: { is: 'hyper' },
  write(value, to) {
    if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value) {
      throw new RangeError(`${String(value)} is no hyper of XDR: use a bigint of 64 bits.`);
    }
    putWord(Number((value >> 32n) & 0xffffffffn), to);
    putWord(Number(value & 0xffffffffn), to);
  },
  read: (from) => BigInt.asIntN(64, (BigInt(from.word()) << 32n) | BigInt(from.word())),
};

const bool: Xdr<boolean> = {
  shape: { is: 'bool' },
  write: (value, to) => putWord(value ? 1 : 0, to),
  read(from) {
    const word = from.word();
    if (word > 1) throw new XdrError(`a truth value is 0 or 1, not ${word}.`);
    return word === 1;
  },
};

const double: Xdr<number> = {
  shape: { is: 'double' },
  write(value, to) {
    if (typeof value !== 'number') throw new TypeError(`${String(value)} is no double of XDR: use a number.`);
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    putWord(view.getUint32(0), to);
    putWord(view.getUint32(4), to);
  },
  read(from) {
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(0, from.word());
    view.setUint32(4, from.word());
    return view.getFloat64(0);
  },
};

/** How many there may be of what has a length of its own. */
const UNBOUNDED = 2 ** 32 - 1;

/** How many there are, checked before anything is made of it. */
function count(from: XdrSource, most: number): number {
  const n = from.word();
  if (n > most) throw new XdrError(`${n} elements, and there may be ${most}.`);
  return n;
}

function checkCount(n: number, most: number): void {
  if (n > most) throw new RangeError(`${n} elements or bytes, and the type of XDR allows ${most}.`);
}

/** Bytes, so many as there are (`opaque<most>`). */
const opaque = (most = UNBOUNDED): Xdr<Uint8Array> => ({
  shape: { is: 'bytes' },
  write(value, to) {
    const length = lengthOf(value);
    if (length === undefined) throw new TypeError('opaque of XDR: use a Uint8Array.');
    checkCount(length, most);
    putWord(length, to);
    putPadded(value, length, to);
  },
  read: (from) => takePadded(count(from, most), from),
});

/** Exactly so many bytes (`opaque[length]`). */
const fixedOpaque = (length: number): Xdr<Uint8Array> => ({
  shape: { is: 'bytes' },
  write(value, to) {
    if (lengthOf(value) !== length) {
      throw new TypeError(`opaque[${length}] of XDR: use a Uint8Array of ${length} bytes.`);
    }
    putPadded(value, length, to);
  },
  read: (from) => takePadded(length, from),
});

/** Text as UTF-8; `most` counts bytes (`string<most>`). */
const string = (most = UNBOUNDED): Xdr<string> => ({
  shape: { is: 'string' },
  write(value, to) {
    if (typeof value !== 'string') throw new TypeError(`${String(value)} is no string of XDR: use text.`);
    opaque(most).write(bytesOf(value), to);
  },
  read: (from) => textIn(opaque(most).read(from)),
});

/** A list (`of<most>`). */
const array = <T>(of: Xdr<T>, most = UNBOUNDED): Xdr<readonly T[]> => ({
  shape: { is: 'array', of },
  write(value, to) {
    checkCount(value.length, most);
    putWord(value.length, to);
    for (const element of value) of.write(element, to);
  },
  read(from) {
    const n = count(from, most);
    const list: T[] = [];
    for (let i = 0; i < n; i++) {
      const before = from.left;
      list.push(of.read(from));
      if (from.left === before && n > 65_536) throw new XdrError(`${n} elements without a byte.`);
    }
    return list;
  },
});

/** A value or none (`*of`). */
const optional = <T>(of: Xdr<T>): Xdr<T | undefined> => ({
  shape: { is: 'optional', of },
  write(value, to) {
    bool.write(value !== undefined, to);
    if (value !== undefined) of.write(value, to);
  },
  read: (from) => (bool.read(from) ? of.read(from) : undefined),
});

/** Fields by name, one behind the other in the order in which they stand here (`struct`). */
const struct = <const F extends Readonly<Record<string, Xdr<unknown>>>>(
  fields: F,
): Xdr<{ readonly [K in keyof F]: ValueOf<F[K]> }> => {
  type Value = { readonly [K in keyof F]: ValueOf<F[K]> };
  const types = Object.entries(fields);
  return {
    shape: { is: 'struct', fields },
    write(value, to) {
      for (const [name, type] of types) type.write((value as Readonly<Record<string, unknown>>)[name], to);
    },
    read: (from) => Object.fromEntries(types.map(([name, type]) => [name, type.read(from)])) as Value,
  };
};

/** No value, and no bytes (`void`). */
const nothing: Xdr<void> = { shape: { is: 'nothing' }, write: () => {}, read: () => {} };

/** The types of XDR. */
export const xdr = Object.freeze({
  int: Object.freeze(int),
  unsigned: Object.freeze(unsigned),
  hyper: Object.freeze(hyper),
  bool: Object.freeze(bool),
  double: Object.freeze(double),
  opaque,
  fixedOpaque,
  string,
  array,
  optional,
  struct,
  nothing: Object.freeze(nothing),
});

/** `value` as bytes. */
export function encoded<T>(type: Xdr<T>, value: T): Uint8Array {
  const bytes: number[] = [];
  type.write(value, bytes);
  return Uint8Array.from(bytes);
}

/** The value that all of `bytes` are. Throws XdrError where they are none, or more than one. */
export function decoded<T>(type: Xdr<T>, bytes: Uint8Array): T {
  const from = new XdrSource(bytes);
  const value = type.read(from);
  if (from.left > 0) throw new XdrError(`${from.left} bytes behind the value.`);
  return value;
}
