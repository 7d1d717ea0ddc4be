import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, nearest } from '../../harness/problem/nearest.ts';

const names = ['list', 'start', 'check', 'replay', 'free', 'doctor', 'verify', 'help'];

describe('what was probably meant', () => {
  it.each([
    ['chekc', 'check'],
    ['cehck', 'check'],
    ['checks', 'check'],
    ['ver', 'verify'],
    ['strat', 'start'],
    ['halp', 'help'],
  ])('by %s is %s', (word, meant) => {
    expect(nearest(word, names)).toBe(meant);
  });
  it.each(['frobnicate', 'x', ''])('by %o is nothing', (word) => {
    expect(nearest(word, names)).toBeUndefined();
  });
  it('is a word itself where it is known', () => {
    fc.assert(fc.property(fc.constantFrom(...names), (name) => nearest(name, names) === name));
  });
});

describe('the distance of two words', () => {
  it('is one for each letter that is changed, added, dropped or swapped', () => {
    expect([
      distance('seed', 'seed'),
      distance('sede', 'seed'),
      distance('sed', 'seed'),
      distance('seat', 'seed'),
    ]).toEqual([0, 1, 1, 2]);
  });
  it('is symmetric, and at most the longer word', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});
