// HPACK against the examples of RFC 7541, and against itself.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Header, HeaderReader, HpackError, headerBlock } from '../../harness/ipc/hpack.ts';

const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

const first: Header[] = [
  [':method', 'GET'],
  [':scheme', 'http'],
  [':path', '/'],
  [':authority', 'www.example.com'],
];
const requests: Header[][] = [
  first,
  [...first, ['cache-control', 'no-cache']],
  [
    [':method', 'GET'],
    [':scheme', 'https'],
    [':path', '/index.html'],
    [':authority', 'www.example.com'],
    ['custom-key', 'custom-value'],
  ],
];
const at = (second: string): Header => ['date', `Mon, 21 Oct 2013 20:13:${second} GMT`];
const location: Header = ['location', 'https://www.example.com'];
const control: Header = ['cache-control', 'private'];
const cookie = 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1';
const responses: Header[][] = [
  [[':status', '302'], control, at('21'), location],
  [[':status', '307'], control, at('21'), location],
  [[':status', '200'], control, at('22'), location, ['content-encoding', 'gzip'], ['set-cookie', cookie]],
];
/** A table of 256 bytes, as the examples of responses have it. */
const SMALL = '3fe101';

describe('HPACK', () => {
  it.each<[string, string, Header, number]>([
    [
      'C.2.1',
      '400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572',
      ['custom-key', 'custom-header'],
      55,
    ],
    ['C.2.2', '040c 2f73 616d 706c 652f 7061 7468', [':path', '/sample/path'], 0],
    ['C.2.3', '1008 7061 7373 776f 7264 0673 6563 7265 74', ['password', 'secret'], 0],
    ['C.2.4', '82', [':method', 'GET'], 0],
  ])('reads the field of %s', (_, block, header, size) => {
    const reader = new HeaderReader();
    expect(reader.read(unhex(block))).toEqual([header]);
    expect(reader.table.size).toBe(size);
  });

  it.each<[string, string[], Header[][], number[]]>([
    [
      'C.3, requests',
      [
        '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
        '8286 84be 5808 6e6f 2d63 6163 6865',
        '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
      ],
      requests,
      [57, 110, 164],
    ],
    [
      'C.4, requests by Huffman',
      [
        '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
        '8286 84be 5886 a8eb 1064 9cbf',
        '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
      ],
      requests,
      [57, 110, 164],
    ],
    [
      'C.5, responses that push others out',
      [
        `${SMALL} 4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d`,
        '4803 3330 37c1 c0bf',
        '88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31',
      ],
      responses,
      [222, 222, 215],
    ],
    [
      'C.6, those by Huffman',
      [
        `${SMALL} 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3`,
        '4883 640e ffc1 c0bf',
        '88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07',
      ],
      responses,
      [222, 222, 215],
    ],
  ])('reads the blocks of %s', (_, blocks, lists, sizes) => {
    const reader = new HeaderReader();
    for (const [i, block] of blocks.entries()) {
      expect(reader.read(unhex(block))).toEqual(lists[i]);
      expect(reader.table.size).toBe(sizes[i]);
    }
  });

  it('writes what the static table knows by its number, and numbers as C.1 has them', () => {
    expect(Buffer.from(headerBlock([[':method', 'POST']])).toString('hex')).toBe('83');
    // 1337 as a length of seven bits: 127, and 1210 behind it.
    const long = headerBlock([[':path', 'x'.repeat(1337)]]);
    expect([...long.slice(0, 4)]).toEqual([0x04, 0x7f, 0xba, 0x09]);
  });

  it('reads again whatever it has written', () => {
    const text = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((n) => String.fromCharCode(n)) });
    const header = fc.oneof(
      fc.tuple(text, text),
      fc.constantFrom<Header>(...requests.flat(), ...responses.flat()),
    );
    const reader = new HeaderReader();
    fc.assert(
      fc.property(fc.array(header), (headers) => {
        expect(reader.read(headerBlock(headers))).toEqual(headers);
      }),
    );
  });

  it('refuses, or reads, whatever bytes it is given', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (blocks) => {
        const reader = new HeaderReader();
        for (const block of blocks) {
          try {
            reader.read(block);
          } catch (e) {
            expect(e).toBeInstanceOf(HpackError);
          }
          expect(reader.table.size).toBeLessThanOrEqual(4096);
        }
      }),
    );
  });

  it.each([
    ['an index that there is not', 'be', 'header 62'],
    ['index 0', '80', 'header 0'],
    ['a text that is cut off', '4003 61', 'cut off'],
    ['a field that is cut off', '40', 'cut off'],
    ['a number without an end', '7fffffffffffffff', 'too large'],
    ['a table larger than was agreed', '3fe21f', '4097'],
    ['another size of the table behind a field', '8220', '0 bytes'],
    ['EOS in Huffman codes', '4084 ffff ffff 00', 'Huffman'],
    ['padding of more than seven bits', '4082 1fff 00', 'Huffman'],
    ['padding that is not ones', '4081 1e 00', 'Huffman'],
  ])('does not take %s', (_, block, words) => {
    expect(() => new HeaderReader().read(unhex(block))).toThrow(HpackError);
    expect(() => new HeaderReader().read(unhex(block))).toThrow(words);
  });

  it('does not unfold a few bytes to a list without an end', () => {
    const reader = new HeaderReader();
    reader.read(Uint8Array.of(...headerBlock([['x', 'y'.repeat(4000)]]).with(0, 0x40)));
    expect(reader.table.headers.length).toBe(1);
    expect(() => reader.read(new Uint8Array(100).fill(0xbe))).toThrow('65536');
  });
});
