// A small generator of random numbers whose state lies in shared words: xoroshiro64** (Blackman and Vigna,
// "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021), seeded by splitmix32.

/** Scrambles a number into 32 bits that look random; used for seeding. */
export function mix(x: number): number {
  let z = (x + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) | 0;
}

/** Seeds the two words at `at`. */
export function seed(state: Int32Array, at: number, value: number): void {
  state[at] = mix(value);
  state[at + 1] = mix(state[at] ^ 0x5bd1e995) || 1;
}

const rotate = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

/** The next 32 random bits, as an unsigned integer. */
export function bits(state: Int32Array, at: number): number {
  const s0 = state[at];
  const s1 = state[at + 1] ^ s0;
  state[at] = rotate(s0, 26) ^ s1 ^ (s1 << 9);
  state[at + 1] = rotate(s1, 13);
  return Math.imul(rotate(Math.imul(s0, 0x9e3779bb), 5), 5) >>> 0;
}

/** A random whole number from 0 to `n` - 1. */
export function below(state: Int32Array, at: number, n: number): number {
  const drawn = bits(state, at);
  if (n >= 2 ** 15) return Math.floor((drawn / 2 ** 32) * n);
  // The same in whole numbers, half by half, which is quicker.
  return ((drawn >>> 16) * n + (((drawn & 0xffff) * n) >>> 16)) >>> 16;
}
