// Protocol buffers: known bytes of the language's own guide, and against themselves. Against protobufjs they are held in
// grpc-peer.test.ts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { protoOf } from '../../harness/ipc/proto.ts';
import { ProtoError, ProtoSource, putVarint } from '../../harness/ipc/proto-source.ts';
import { type Xdr, xdr } from '../../harness/ipc/xdr.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const of = <T>(type: Xdr<T>) => protoOf(type as Xdr<unknown>);

describe('protocol buffers', () => {
  it.each<[string, Xdr<never>, unknown, string]>([
    // https://protobuf.dev/programming-guides/encoding: Test1 { a: 150 }, Test2 { b: "testing" }, Test3 { c: Test1 }
    ['Test1', xdr.struct({ a: xdr.int }) as Xdr<never>, { a: 150 }, '089601'],
    [
      'Test2',
      xdr.struct({ a: xdr.nothing, b: xdr.string() }) as Xdr<never>,
      { b: 'testing' },
      '120774657374696e67',
    ],
    [
      'Test3',
      xdr.struct({ a: xdr.nothing, b: xdr.nothing, c: xdr.struct({ a: xdr.int }) }) as Xdr<never>,
      { c: { a: 150 } },
      '1a03089601',
    ],
    [
      'Test5, packed',
      xdr.struct({
        ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`_${n}`, xdr.nothing])),
        f: xdr.array(xdr.int),
      }) as Xdr<never>,
      { f: [3, 270, 86942] },
      '3206038e029ea705',
    ],
    ['int, below 0', xdr.int as Xdr<never>, -2, '08feffffffffffffffff01'],
    ['int, by default', xdr.int as Xdr<never>, 0, ''],
    ['unsigned', xdr.unsigned as Xdr<never>, 0xffffffff, '08ffffffff0f'],
    ['hyper', xdr.hyper as Xdr<never>, -(2n ** 63n), '0880808080808080808001'],
    ['bool', xdr.bool as Xdr<never>, true, '0801'],
    ['double', xdr.double as Xdr<never>, -1.5, '09000000000000f8bf'],
    ['double, -0', xdr.double as Xdr<never>, -0, '090000000000000080'],
    ['opaque', xdr.opaque() as Xdr<never>, Uint8Array.of(1, 2), '0a020102'],
    ['string', xdr.string() as Xdr<never>, 'é€', '0a05c3a9e282ac'],
    ['strings', xdr.array(xdr.string()) as Xdr<never>, ['a', ''], '0a01610a00'],
    ['optional, not there', xdr.optional(xdr.int) as Xdr<never>, undefined, ''],
    ['optional, 0', xdr.optional(xdr.int) as Xdr<never>, 0, '0800'],
    ['arrays of arrays', xdr.array(xdr.array(xdr.int)) as Xdr<never>, [[], [1]], '0a000a030a0101'],
    ['nothing', xdr.nothing as Xdr<never>, undefined, ''],
    ['many of nothing', xdr.array(xdr.nothing) as Xdr<never>, [undefined, undefined], '0a000a00'],
  ])('write %s as others do', (_, type, value, bytes) => {
    expect(hex(of(type).encoded(value))).toBe(bytes);
    const read = of(type).decoded(unhex(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      expect(read).toMatchObject(value);
    else expect(read).toEqual(value);
  });

  it('hold numbers of 64 bits in groups of seven', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (n) => {
        const bytes: number[] = [];
        putVarint({ low: Number(n & 0xffffffffn), high: Number(n >> 32n) }, bytes);
        expect(bytes.length).toBe(Math.max(1, Math.ceil(n.toString(2).length / 7)));
        const { low, high } = new ProtoSource(Uint8Array.from(bytes)).varint();
        expect((BigInt(high) << 32n) | BigInt(low)).toBe(n);
      }),
    );
  });

  const all = xdr.struct({
    ...{ int: xdr.int, unsigned: xdr.unsigned, hyper: xdr.hyper, bool: xdr.bool, double: xdr.double },
    ...{ opaque: xdr.opaque(), fixed: xdr.fixedOpaque(5), text: xdr.string(), none: xdr.nothing },
    ...{ list: xdr.array(xdr.optional(xdr.string(100))), inner: xdr.struct({ a: xdr.array(xdr.double) }) },
    maybe: xdr.optional(xdr.optional(xdr.array(xdr.hyper))),
  });
  const hyper = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

  it('read again whatever they have written', () => {
    const values = fc.record({
      ...{ int: fc.integer(), unsigned: fc.nat({ max: 0xffffffff }), hyper, bool: fc.boolean() },
      ...{ double: fc.double(), opaque: fc.uint8Array(), text: fc.string({ unit: 'grapheme' }) },
      fixed: fc.uint8Array({ minLength: 5, maxLength: 5 }),
      none: fc.constant(undefined),
      list: fc.array(optional(fc.string({ maxLength: 20 }))),
      inner: fc.record({ a: fc.array(fc.double()) }),
      maybe: optional(fc.array(hyper)),
    });
    fc.assert(
      fc.property(values, fc.boolean(), (value, unknown) => {
        const bytes = of(all).encoded(value);
        // Fields that are not known do not matter, in whichever way they are written.
        const more = unknown
          ? unhex('f20601 61 f80605 f90601 02030405060708 fd0601020304 fb0608 01 fc06')
          : [];
        expect(of(all).decoded(Uint8Array.of(...more, ...bytes))).toEqual(value);
      }),
    );
  });

  it('refuse, or read, whatever bytes they are given', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          of(all).encoded(of(all).decoded(bytes));
        } catch (e) {
          expect(e).toBeInstanceOf(ProtoError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, Xdr<never>, string, unknown]>([
    ['the last of several', xdr.int as Xdr<never>, '0801 0802', 2],
    ['numbers that are not packed', xdr.array(xdr.int) as Xdr<never>, '0801 0802', [1, 2]],
    ['both, one behind the other', xdr.array(xdr.int) as Xdr<never>, '0801 0a020203', [1, 2, 3]],
    [
      'messages merged',
      xdr.struct({ m: xdr.struct({ a: xdr.int, b: xdr.int }) }) as Xdr<never>,
      '0a020801 0a021002',
      { m: { a: 1, b: 2 } },
    ],
    [
      'a message that is not there',
      xdr.struct({ m: xdr.struct({ a: xdr.int }) }) as Xdr<never>,
      '',
      { m: { a: 0 } },
    ],
    ['a field that is written in another way', xdr.int as Xdr<never>, '0a0161', 0],
    ['an int of 64 bits cut to 32', xdr.int as Xdr<never>, '08 8180808010', 1],
    ['any truth but 0', xdr.bool as Xdr<never>, '08 8080808010', true],
  ])('take %s', (_, type, bytes, value) => {
    expect(of(type).decoded(unhex(bytes))).toEqual(value);
  });

  it.each<[string, Xdr<never>, string]>([
    ['a number of eleven bytes', xdr.int as Xdr<never>, '08 ffffffffffffffffffff01'],
    ['what is cut off', xdr.string() as Xdr<never>, '0a0561'],
    ['a number that is cut off', xdr.int as Xdr<never>, '0880'],
    ['half a double', xdr.double as Xdr<never>, '0900000000'],
    ['field 0', xdr.int as Xdr<never>, '0001'],
    ['a way of writing that there is not', xdr.int as Xdr<never>, '0e'],
    ['the end of no group', xdr.int as Xdr<never>, '0c'],
    ['the end of another group', xdr.int as Xdr<never>, '1b 24'],
    ['groups without an end', xdr.int as Xdr<never>, '1b'.repeat(500)],
    ['more than the type allows', xdr.string(2) as Xdr<never>, '0a03616263'],
    ['a fixed number of bytes that are not there', xdr.fixedOpaque(2) as Xdr<never>, ''],
  ])('do not take %s', (_, type, bytes) => {
    expect(() => of(type).decoded(unhex(bytes))).toThrow(ProtoError);
  });

  it('are not made for types of somebody else', () => {
    const own: Xdr<unknown> = { write: () => {}, read: () => 1 };
    expect(() => protoOf(own)).toThrow('use one of those');
    expect(() => protoOf(xdr.array(own) as Xdr<unknown>)).toThrow('use one of those');
  });

  it('hold bytes as they are, whatever their class says of them', () => {
    class Odd extends Uint8Array {
      override get length(): number {
        return 1e9;
      }
    }
    expect(hex(of(xdr.opaque()).encoded(Odd.of(1, 2)))).toBe('0a020102');
  });

  it('write only what XDR can write', () => {
    expect(() => of(xdr.int).encoded(1.5)).toThrow('use a whole number');
    expect(() => of(xdr.string(2)).encoded('abc')).toThrow('allows 2');
  });
});
