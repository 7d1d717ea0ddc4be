import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare, NODE_MESSAGES } from '../../harness/compare/compare.ts';
import { rows } from '../../harness/compare/rows.ts';
import { percentiles, SIZES } from '../../harness/compare/samples.ts';
import { BadInput } from '../../harness/problem/bad-input.ts';

const open = (): number => readdirSync('/proc/self/fd').length;

describe('a comparison', () => {
  it('measures every mechanism with every size that it takes, and leaves nothing open', async () => {
    await compare({ milliseconds: 1, only: ['pipe', NODE_MESSAGES] });
    const before = open();
    const { rows: compared, noC } = await compare({ milliseconds: 1 });
    expect(compared.map(({ name }) => name)).toEqual([...rows.map(({ name }) => name), NODE_MESSAGES]);
    for (const { name, samples, c, lacks } of compared) {
      expect(lacks, name).toBeUndefined();
      const most = rows.find((r) => r.name === name)?.most ?? Number.POSITIVE_INFINITY;
      expect(samples.map(({ bytes }) => bytes)).toEqual(SIZES.filter((bytes) => bytes <= most));
      for (const s of [...samples, ...(c ?? [])]) {
        expect(s.median).toBeGreaterThan(0);
        expect(s.p99).toBeGreaterThanOrEqual(s.median);
        expect(s.rate).toBeGreaterThan(0);
      }
      if (noC === undefined && name !== NODE_MESSAGES) expect(c, name).toBeDefined();
    }
    expect(open()).toBe(before);
  }, 120_000);
  it('knows its rows', async () => {
    await expect(compare({ milliseconds: 1, only: ['pip'] })).rejects.toThrow(BadInput);
    await expect(compare({ milliseconds: 1, only: ['pip'] })).rejects.toThrow("Did you mean 'pipe'?");
  });
});

describe('percentiles', () => {
  it('are those of the times', () => {
    expect(percentiles([5])).toEqual({ median: 5, p99: 5 });
    expect(percentiles(Array.from({ length: 1000 }, (_, i) => 999 - i))).toEqual({ median: 500, p99: 990 });
  });
});
