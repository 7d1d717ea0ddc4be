// The Huffman code of HPACK (RFC 7541, appendix B). It is canonical: codes of one length follow each other in the order of
// their symbols, and longer ones follow shorter ones, so the lengths say everything.

/** Bits of the code of each byte; the last one is that of EOS, the end, which is never sent. */
const LENGTHS = Uint8Array.of(
  ...[13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28],
  ...[28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28],
  ...[6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6],
  ...[5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10],
  ...[13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7],
  ...[7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6],
  ...[15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5],
  ...[6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28],
  ...[20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23],
  ...[24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24],
  ...[22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23],
  ...[21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23],
  ...[26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25],
  ...[19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27],
  ...[20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23],
  ...[26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26],
  30,
);
const EOS = 256;
const LONGEST = 30;

/** Codes of one length: the first of them, and the symbols that they stand for. */
interface Codes {
  readonly first: number;
  readonly symbols: readonly number[];
}

const codes: readonly Codes[] = (() => {
  const all: Codes[] = [{ first: 0, symbols: [] }];
  for (let length = 1; length <= LONGEST; length++) {
    const { first, symbols } = all[length - 1];
    all.push({
      first: (first + symbols.length) * 2,
      symbols: [...LENGTHS.keys()].filter((symbol) => LENGTHS[symbol] === length),
    });
  }
  return all;
})();

/** What `coded` stands for; undefined where it is no such code, or is filled up with anything but ones. */
export function fromHuffman(coded: Uint8Array): Uint8Array | undefined {
  // The shortest code has five bits.
  const bytes = new Uint8Array(Math.ceil((coded.length * 8) / 5));
  let count = 0;
  let code = 0;
  let length = 0;
  for (const byte of coded) {
    for (let bit = 7; bit >= 0; bit--) {
      code = 2 * code + ((byte >> bit) & 1);
      if (++length > LONGEST) return undefined;
      const { first, symbols } = codes[length];
      const symbol = symbols[code - first];
      if (symbol === undefined) continue;
      if (symbol === EOS) return undefined;
      bytes[count++] = symbol;
      code = 0;
      length = 0;
    }
  }
  return length < 8 && code === 2 ** length - 1 ? bytes.slice(0, count) : undefined;
}
