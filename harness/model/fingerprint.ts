// Two numbers of 32 bits that stand for a state or a part of one. Two states that differ have the same pair with a
// probability of 2^-64 (U. Stern and D. L. Dill, "Improved probabilistic verification by hash compaction", CHARME
// 1995): of a million states, some two are taken for one with a probability below 10^-7.

/** The first number of a pair, with `x` mixed in. */
export function first(h: number, x: number): number {
  let n = Math.imul(h ^ x, 0x85ebca6b);
  n = Math.imul(n ^ (n >>> 13), 0xc2b2ae35);
  return ((n ^ (n >>> 16)) + 0x9e3779b9) | 0;
}

/** The second one. */
export function second(h: number, x: number): number {
  let n = Math.imul((h + 0x7f4a7c15) ^ x, 0x2c1b3c6d);
  n = Math.imul(n ^ (n >>> 15), 0x297a2d39);
  return ((n ^ (n >>> 14)) - 0x61c88647) | 0;
}

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

/** A pair into which numbers are mixed one after the other: the same ones in the same order give the same pair. */
export class Fingerprint {
  a = 0;
  b = 0;

  clear(): void {
    this.a = 0x1b873593;
    this.b = 0x38b34ae5;
  }

  /** Mixes in a number of 32 bits. */
  word(n: number): void {
    this.a = first(this.a, n);
    this.b = second(this.b, n);
  }

  /** Mixes in any number. */
  number(n: number): void {
    double[0] = n;
    this.word(words[0]);
    this.word(words[1]);
  }
}
