import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { int32In, put, taken, textIn } from '../../harness/ipc/bytes.ts';
import type { Kernel } from '../../harness/shared/kernel.ts';

const kernel = { buffer: new Uint8Array(64) } as unknown as Kernel;
const there = (data: Parameters<typeof put>[1]): Uint8Array => taken(kernel, put(kernel, data));

/** Any characters, of 1 to 4 bytes each. */
const texts = fc
  .array(fc.oneof(...[0x7f, 0x7ff, 0xd7ff, 0x10ffff].map((max) => fc.integer({ min: 0, max }))), {
    maxLength: 15,
  })
  .map((codes) => String.fromCodePoint(...codes.filter((c) => c < 0xd800 || c > 0xdfff)));

describe('what is sent', () => {
  it('comes back as the number that it was, in 4 bytes, the lowest first', () => {
    fc.assert(fc.property(fc.integer(), (n) => int32In(there(n)) === n));
    expect([...there(0x01020304)]).toEqual([4, 3, 2, 1]);
    expect([...there(-2)]).toEqual([254, 255, 255, 255]);
  });

  it('comes back as the text that it was, in the bytes that TextEncoder would give', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = there(text);
        expect(Buffer.from(bytes)).toEqual(Buffer.from(new TextEncoder().encode(text)));
        expect(textIn(bytes)).toBe(text);
      }),
    );
  });

  it('comes back as the bytes that they were, and as a copy', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const back = there(bytes);
        expect(back).toEqual(bytes);
        kernel.buffer.fill(0);
        expect(back).toEqual(bytes);
      }),
    );
  });

  it('has U+FFFD for half a character, whether it is sent or received', () => {
    expect(textIn(there('a\ud800b\udc00'))).toBe('a\ufffdb\ufffd');
    expect(textIn(there('€').slice(0, 2))).toBe('\ufffd');
    expect(textIn(Uint8Array.from([0x80, 0x61, 0xc3]))).toBe('\ufffda\ufffd');
    expect(textIn(Uint8Array.from([0xf7, 0xbf, 0xbf, 0xbf]))).toBe('\ufffd');
  });

  it.each<[string, unknown, string]>([
    ['a fraction', 1.5, '1.5 does not fit into 32 bits: send a whole number.'],
    ['more than 32 bits', 2 ** 31, '2147483648 does not fit into 32 bits: send a whole number.'],
    ['no number', Number.NaN, 'NaN does not fit into 32 bits: send a whole number.'],
    ['nothing', undefined, 'cannot send undefined: bytes, text or a whole number.'],
    ['null', null, 'cannot send null: bytes, text or a whole number.'],
    ['an object', {}, 'cannot send an object: bytes, text or a whole number.'],
    ['65 bytes through 64', new Uint8Array(65), '65 bytes at once: send at most 64, in several pieces.'],
    ['text of 65 bytes', 'x'.repeat(65), '65 bytes at once: send at most 64, in several pieces.'],
    [
      'text whose last character is too much',
      `${'x'.repeat(62)}€`,
      '65 bytes at once: send at most 64, in several pieces.',
    ],
  ])('is not %s', (_, data, message) => {
    expect(() => put(kernel, data as never)).toThrow(message);
  });

  it.each([Number.NaN, 1e9, -1, 2.5, 'x', 4n, undefined, { valueOf: () => 8 }])(
    'is as long as it is, whatever a class of its own says: %s',
    (lie) => {
      class Liar extends Uint8Array {
        override get length(): number {
          return lie as number;
        }
      }
      expect(put(kernel, new Liar([1, 2, 3]))).toBe(3);
      expect([...taken(kernel, 3)]).toEqual([1, 2, 3]);
    },
  );

  it.each<[string, unknown]>([
    ['a Proxy', new Proxy(new Uint8Array(4), {})],
    ['an object that inherits from bytes', Object.create(Uint8Array.prototype, { length: { value: 4 } })],
    ['a view that only looks like bytes', Object.setPrototypeOf([1, 2], Uint8Array.prototype)],
  ])('is not %s, which would run code while it is copied', (_, data) => {
    expect(() => put(kernel, data as never)).toThrow('cannot send an object');
  });

  it('may fill the buffer to the last byte', () => {
    expect(put(kernel, 'x'.repeat(64))).toBe(64);
    expect(put(kernel, `${'x'.repeat(61)}€`)).toBe(64);
    expect(put(kernel, '')).toBe(0);
  });

  it('is no number where there are fewer than 4 bytes', () => {
    expect(() => int32In(new Uint8Array(3))).toThrow('a number has 4 bytes; there are 3.');
  });
});
