// Single values of protocol buffers, and the types of XDR that they stand for.
import { bytesOf, lengthOf, textIn } from './bytes.ts';
import { type Found, type ProtoSource, putBytes, putVarint, Wire } from './proto-source.ts';
import type { Shape } from './xdr.ts';

/** How one kind of value is written. */
export interface Scalar {
  readonly wire: Found['wire'];
  /** Its name in a `.proto` file. */
  readonly type: string;
  /** What a field has that does not stand there (proto3). */
  readonly zero: unknown;
  isZero(value: never): boolean;
  write(value: never, to: number[]): void;
  read(found: Found): unknown;
  /** The next one of several that stand in one field; absent where each has a field of its own. */
  readonly next?: (from: ProtoSource) => Found;
}

const varint = (from: ProtoSource): Found => ({ wire: Wire.VARINT, number: from.varint() });

/** A kind that is a varint, by how it is made of 64 bits and these of it. */
const whole = <T>(
  type: string,
  zero: T,
  from: (value: T) => { readonly low: number; readonly high: number },
  to: (low: number, high: number) => T,
): Scalar => ({
  ...{ wire: Wire.VARINT, type, zero, next: varint },
  isZero: (value: T) => value === zero,
  write: (value: T, bytes) => putVarint(from(value), bytes),
  read: (found) => (found.wire === Wire.VARINT ? to(found.number.low, found.number.high) : zero),
});

const counted = <T>(type: string, from: (value: T) => Uint8Array, to: (bytes: Uint8Array) => T): Scalar => {
  const zero = to(new Uint8Array(0));
  return {
    ...{ wire: Wire.BYTES, type, zero },
    isZero: (value: T) => from(value).length === 0,
    write: (value: T, bytes) => putBytes(from(value), bytes),
    read: (found) => (found.wire === Wire.BYTES ? to(found.bytes) : zero),
  };
};

/** The bytes by themselves: a class of the student's may say anything about them. */
function copied(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(lengthOf(data) ?? 0);
  for (let i = 0; i < bytes.length; i++) bytes[i] = data[i];
  return bytes;
}

const double: Scalar = {
  ...{ wire: Wire.FIXED64, type: 'double', zero: 0 },
  next: (from) => ({ wire: Wire.FIXED64, bytes: from.take(8) }),
  // -0 is not 0: its bits are not.
  isZero: (value: number) => Object.is(value, 0),
  write(value: number, to) {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) to.push(view.getUint8(i));
  },
  read(found) {
    if (found.wire !== Wire.FIXED64) return 0;
    const view = new DataView(new ArrayBuffer(8));
    for (const [i, byte] of found.bytes.entries()) view.setUint8(i, byte);
    return view.getFloat64(0, true);
  },
};

/** By the name of the type of XDR. */
export const scalars: { readonly [K in Shape['is']]?: Scalar } = {
  int: whole(
    'int32',
    0,
    (n) => ({ low: n >>> 0, high: n < 0 ? 0xffffffff : 0 }),
    (low) => low | 0,
  ),
  unsigned: whole(
    'uint32',
    0,
    (n) => ({ low: n, high: 0 }),
    (low) => low,
  ),
  hyper: whole(
    'int64',
    0n,
    (n) => ({ low: Number(BigInt.asUintN(32, n)), high: Number(BigInt.asUintN(32, n >> 32n)) }),
    (low, high) => BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)),
  ),
  bool: whole(
    'bool',
    false,
    (b) => ({ low: b ? 1 : 0, high: 0 }),
    (low, high) => low !== 0 || high !== 0,
  ),
  double,
  string: counted('string', bytesOf, textIn),
  bytes: counted('bytes', copied, (bytes) => bytes),
};
