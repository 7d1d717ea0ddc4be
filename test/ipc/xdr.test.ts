// XDR against the examples of RFC 4506, and against itself: what is written is read again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marked, Records } from '../../harness/ipc/record-marking.ts';
import { decoded, encoded, type Xdr, XdrError, xdr } from '../../harness/ipc/xdr.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** The file of RFC 4506, section 7. */
const file = xdr.struct({
  filename: xdr.string(255),
  type: xdr.struct({ kind: xdr.int, interpreter: xdr.string(255) }),
  owner: xdr.string(32),
  data: xdr.opaque(65_535),
});
const sillyprog = {
  filename: 'sillyprog',
  type: { kind: 2, interpreter: 'lisp' },
  owner: 'john',
  data: new TextEncoder().encode('(quit)'),
};

describe('XDR', () => {
  it('writes the example of RFC 4506 as it stands there', () => {
    const bytes = unhex(
      '00000009 73696c6c 7970726f 67000000 00000002 00000004 6c697370 00000004 6a6f686e 00000006 28717569 74290000',
    );
    expect(hex(encoded(file, sillyprog))).toBe(hex(bytes));
    expect(decoded(file, bytes)).toEqual(sillyprog);
  });

  it.each<[string, Xdr<never>, unknown, string]>([
    ['int', xdr.int as Xdr<never>, -2, 'fffffffe'],
    ['unsigned', xdr.unsigned as Xdr<never>, 0xfffffffe, 'fffffffe'],
    ['hyper', xdr.hyper as Xdr<never>, -2n, 'fffffffffffffffe'],
    ['bool', xdr.bool as Xdr<never>, true, '00000001'],
    ['double', xdr.double as Xdr<never>, -1.5, 'bff8000000000000'],
    ['fixedOpaque', xdr.fixedOpaque(3) as Xdr<never>, Uint8Array.of(1, 2, 3), '01020300'],
    ['array', xdr.array(xdr.int) as Xdr<never>, [1, 2], '000000020000000100000002'],
    ['optional, there', xdr.optional(xdr.int) as Xdr<never>, 7, '0000000100000007'],
    ['optional, not there', xdr.optional(xdr.int) as Xdr<never>, undefined, '00000000'],
    ['string beyond ASCII', xdr.string() as Xdr<never>, 'é€', '00000005c3a9e282ac000000'],
    ['nothing', xdr.nothing as Xdr<never>, undefined, ''],
  ])('writes %s as other machines do', (_, type, value, bytes) => {
    expect(hex(encoded(type, value as never))).toBe(bytes);
    expect(decoded(type, unhex(bytes))).toEqual(value);
  });

  it('reads again whatever it has written', () => {
    const all = xdr.struct({
      ...{ int: xdr.int, unsigned: xdr.unsigned, hyper: xdr.hyper, bool: xdr.bool, double: xdr.double },
      ...{ opaque: xdr.opaque(), fixed: xdr.fixedOpaque(5), text: xdr.string() },
      ...{ list: xdr.array(xdr.optional(xdr.string(100))), none: xdr.nothing },
    });
    const values = fc.record({
      int: fc.integer(),
      unsigned: fc.nat({ max: 0xffffffff }),
      hyper: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      bool: fc.boolean(),
      double: fc.double(),
      opaque: fc.uint8Array(),
      fixed: fc.uint8Array({ minLength: 5, maxLength: 5 }),
      text: fc.string({ unit: 'grapheme' }),
      list: fc.array(fc.option(fc.string({ maxLength: 20 }), { nil: undefined })),
      none: fc.constant(undefined),
    });
    fc.assert(
      fc.property(values, (value) => {
        const bytes = encoded(all, value);
        expect(bytes.length % 4).toBe(0);
        expect(decoded(all, bytes)).toEqual(value);
        expect(() => decoded(all, bytes.slice(0, -1))).toThrow(XdrError);
        expect(() => decoded(all, Uint8Array.of(...bytes, 0, 0, 0, 0))).toThrow(XdrError);
      }),
    );
  });

  it('writes the bytes that are there, however a class of its own is iterated', () => {
    class Endless extends Uint8Array {
      override [Symbol.iterator](): ArrayIterator<number> {
        return { next: () => ({ done: false, value: 7 }) } as unknown as ArrayIterator<number>;
      }
      override get length(): number {
        return 1000;
      }
    }
    expect(hex(encoded(xdr.opaque(), new Endless([1, 2])))).toBe('0000000201020000');
    expect(hex(encoded(xdr.fixedOpaque(2), new Endless([1, 2])))).toBe('01020000');
  });

  it('leaves nothing of its own to be changed by types of the student', () => {
    let source: object = {};
    const own: Xdr<number> = {
      write: () => {},
      read(from) {
        source = from;
        return 1;
      },
    };
    decoded(own, new Uint8Array(0));
    const prototype = Object.getPrototypeOf(source);
    expect(Object.isExtensible(prototype)).toBe(false);
    expect(() => Object.assign(prototype, { take: () => new Uint8Array(4) })).toThrow(TypeError);
    expect(prototype.constructor).toBe(Object);
  });

  it('refuses, or writes again as they are, whatever bytes it reads', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom(file, xdr.array(xdr.bool)),
        (bytes, type) => {
          let value: unknown;
          try {
            value = decoded(type as Xdr<unknown>, bytes);
          } catch (e) {
            expect(e).toBeInstanceOf(XdrError);
            return;
          }
          // Text that is no UTF-8 cannot come back.
          if (!JSON.stringify(value).includes('\ufffd'))
            expect(hex(encoded(type as Xdr<unknown>, value))).toBe(hex(bytes));
        },
      ),
    );
  });

  it.each<[string, Xdr<never>, string]>([
    ['a truth value of 2', xdr.bool as Xdr<never>, '00000002'],
    ['padding that is not 0', xdr.opaque() as Xdr<never>, '0000000101000001'],
    ['more bytes than allowed', xdr.opaque(3) as Xdr<never>, '0000000401020304'],
    ['a list that claims more than comes', xdr.array(xdr.int) as Xdr<never>, 'ffffffff00000001'],
    ['a long list of nothing', xdr.array(xdr.nothing) as Xdr<never>, 'ffffffff'],
  ])('does not take %s', (_, type, bytes) => {
    expect(() => decoded(type, unhex(bytes))).toThrow(XdrError);
  });

  it.each<[string, Xdr<never>, unknown]>([
    ['int', xdr.int as Xdr<never>, 2 ** 31],
    ['int', xdr.int as Xdr<never>, 1.5],
    ['unsigned', xdr.unsigned as Xdr<never>, -1],
    ['hyper', xdr.hyper as Xdr<never>, 2n ** 63n],
    ['hyper', xdr.hyper as Xdr<never>, 1],
    ['string<2>', xdr.string(2) as Xdr<never>, 'abc'],
    ['opaque[2]', xdr.fixedOpaque(2) as Xdr<never>, Uint8Array.of(1)],
    ['text', xdr.string() as Xdr<never>, 1],
  ])('does not write as %s what is none', (_, type, value) => {
    expect(() => encoded(type, value as never)).toThrow(/use|allows/);
  });
});

describe('records in a stream', () => {
  it('come whole, however the stream is cut, and in however many fragments they were sent', () => {
    const records = fc.array(fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 30 }), (sent, size) => {
        const stream = sent.flatMap((fragments) =>
          fragments.flatMap((fragment, i) => {
            const bytes = [...marked(fragment)];
            if (i < fragments.length - 1) bytes[0] &= 0x7f;
            return bytes;
          }),
        );
        const found = new Records();
        const got: number[][] = [];
        for (let at = 0; at < stream.length; at += size) {
          found.add(Uint8Array.from(stream.slice(at, at + size)));
          for (let record = found.next(); record !== undefined; record = found.next()) got.push([...record]);
        }
        expect(got).toEqual(sent.map((fragments) => fragments.flatMap((fragment) => [...fragment])));
        expect(found.isWithin).toBe(false);
      }),
    );
  });

  it('are not waited for where they claim to be endless', () => {
    const found = new Records();
    found.add(unhex('ffffffff'));
    expect(() => found.next()).toThrow('1048576');
  });
});
