import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FreeReport } from '../../harness/check/verdict.ts';
import { freeJson, freeText, speeds } from '../../harness/report/free.ts';
import * as made from './made.ts';

const subject = { problem: 'dining-philosophers', file: 'mine.ts', seed: 1 };
const report: FreeReport = {
  case: { seats: 5, meals: 1000 },
  runs: 3,
  unit: 'meals',
  perSecond: [90_000.4, 120_000, 100_000],
  findings: [],
};

describe('the report of free runs', () => {
  it('gives the median speed with its unit, and how far the runs lie apart', () => {
    expect(freeText(subject, report, made.paper())).toEqual(
      expect.arrayContaining([
        '  3 runs with 5 seats, 1,000 meals',
        '  100,000 meals/s (median; 90,000 to 120,000)',
      ]),
    );
  });
  it('sends on to the hunt where nothing broke', () => {
    expect(freeText(subject, report, made.paper()).at(-1)).toBe(
      '  npx lab check dining-philosophers mine.ts',
    );
  });
  it('shows what broke', () => {
    const finding = { ...made.unsafe, mode: 'free' as const, schedule: null };
    const lines = freeText(subject, { ...report, findings: [finding] }, made.paper());
    expect(lines[0]).toBe('✗ a rule is broken at full speed');
    expect(lines).toContain('  Rule: neighbours never eat together');
    expect(freeJson(subject, { ...report, findings: [finding] }).findings[0].replay).toMatch(
      /^npx lab free /,
    );
  });
  it('says nothing of a speed that was not measured', () => {
    expect(freeText(subject, { ...report, perSecond: [] }, made.paper()).join('\n')).not.toContain('meals/s');
  });
});

describe('the speeds of several runs', () => {
  it('have a median between least and most, with as many above as below', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), (all) => {
        const { median, least, most } = speeds(all)!;
        expect(least).toBe(Math.min(...all));
        expect(most).toBe(Math.max(...all));
        const below = all.filter((one) => one < median).length;
        const above = all.filter((one) => one > median).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(all.length / 2);
      }),
    );
  });
});
