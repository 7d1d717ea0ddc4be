import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { below, bits, mix, seed } from '../../harness/schedule/generator.ts';

const draw = (from: number, n: number): number[] => {
  const state = new Int32Array(2);
  seed(state, 0, from);
  return Array.from({ length: n }, () => bits(state, 0));
};

/** Pearson's chi-squared over `counts`, which should all be alike. */
function chiSquared(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length;
  return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
}

/** Where chi-squared lies with probability 1 - 10^-6 or more, `k` cells (Wilson and Hilferty's approximation). */
const limit = (k: number): number =>
  (k - 1) * (1 - 2 / (9 * (k - 1)) + 4.8 * Math.sqrt(2 / (9 * (k - 1)))) ** 3;

function countsOf(n: number, draws: number, next: () => number): number[] {
  const counts = new Array<number>(n).fill(0);
  for (let i = 0; i < draws; i++) counts[next()]++;
  return counts;
}

describe('the generator', () => {
  it('gives the same numbers for the same seed, on every machine', () => {
    expect(draw(1, 3)).toEqual(draw(1, 3));
    // Written down once: a schedule that is kept by its seed must mean the same in a year.
    expect(draw(1, 4)).toEqual([1_373_727_760, 3_579_211_362, 4_007_772_442, 1_062_419_771]);
  });
  it('keeps its state in the two words that it is given, and nowhere else', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (a, b) => {
        const state = new Int32Array([9, 0, 0, 9, 0, 0, 9]);
        seed(state, 1, a);
        seed(state, 4, b);
        const drawn = Array.from({ length: 8 }, () => [bits(state, 1), bits(state, 4)]);
        expect(drawn.map((d) => d[0])).toEqual(draw(a, 8));
        expect(drawn.map((d) => d[1])).toEqual(draw(b, 8));
        expect([state[0], state[3], state[6]]).toEqual([9, 9, 9]);
      }),
    );
  });
  it('never stands still, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer(), (s) => {
        expect(new Set(draw(s, 16)).size).toBeGreaterThan(12);
      }),
      { numRuns: 1000 },
    );
  });
  it('gives numbers from 0 to n - 1, all of them about equally often', () => {
    for (const n of [2, 3, 5, 7, 32]) {
      for (const s of [0, 1, -5, 1_000_003]) {
        const state = new Int32Array(2);
        seed(state, 0, s);
        expect(chiSquared(countsOf(n, 20_000, () => below(state, 0, n)))).toBeLessThan(limit(n));
      }
    }
  });
  it('gives numbers about equally often also as the first one after neighbouring seeds', () => {
    const first = (n: number) => {
      let s = 0;
      return countsOf(n, 20_000, () => {
        const state = new Int32Array(2);
        seed(state, 0, s++);
        return below(state, 0, n);
      });
    };
    for (const n of [2, 3, 8]) expect(chiSquared(first(n))).toBeLessThan(limit(n));
  });
  it('gives pairs about equally often: what comes does not show what comes next', () => {
    const state = new Int32Array(2);
    seed(state, 0, 42);
    const pairs = countsOf(25, 50_000, () => below(state, 0, 5) * 5 + below(state, 0, 5));
    expect(chiSquared(pairs)).toBeLessThan(limit(25));
  });
  it('would be found out by these limits if it were a little uneven, or repeated itself', () => {
    let i = 0;
    const uneven = countsOf(5, 20_000, () => (i++ % 20 === 0 ? 0 : i % 5));
    expect(chiSquared(uneven)).toBeGreaterThan(limit(5));
    const repeating = countsOf(25, 50_000, () => {
      const a = Math.imul(i++, 7) % 5;
      return a * 5 + ((a + 1) % 5);
    });
    expect(chiSquared(repeating)).toBeGreaterThan(limit(25));
  });
  it('scrambles different numbers into different ones', () => {
    const mixed = new Set(Array.from({ length: 100_000 }, (_, i) => mix(i - 50_000)));
    expect(mixed.size).toBe(100_000);
  });
});
