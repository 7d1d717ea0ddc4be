import { describe, expect, it } from 'vitest';
import type { HuntReport } from '../../harness/check/hunt-report.ts';
import { figures, huntedJson, huntedText } from '../../harness/report/hunted.ts';
import { paper } from './made.ts';
import { seedFound, seedMissed } from './made-seeds.ts';

const subject = { problem: 'dining-philosophers', file: 'mine.ts', seed: 1 };
const report: HuntReport = {
  case: { seats: 2, meals: 1 },
  strategy: 'urw',
  cap: 20,
  seeds: [seedFound, seedMissed, { ...seedFound, seed: 3, schedules: 9, steps: 3, schedule: 'v1 a1 b2' }],
  notes: ['a note'],
};
const text = (r: HuntReport) => huntedText(subject, r, paper(100)).join('\n');

describe('what a hunt for research shows', () => {
  it('is mean and median over all seeds, with the schedules of a seed that finds nothing as they are', () => {
    expect(figures(report.seeds)).toEqual({ found: 2, missed: 1, mean: 11, median: 9 });
    expect(figures(report.seeds.slice(0, 2)).median).toBe(12);
  });
  it('says that a mean is too low where a seed found nothing, and only there', () => {
    expect(text(report)).toContain('mean at least 11, median 9; 2 of 3 seeds found one');
    expect(text({ ...report, seeds: [seedFound] })).toContain('mean 4, median 4; 1 of 1 seed found one');
  });
  it('shows how to replay the shortest run', () => {
    expect(text(report)).toContain("--schedule 'v1 a1 b2'");
  });
  it('tells a proof from a search that was cut', () => {
    expect(text({ ...report, seeds: [{ ...seedMissed, proved: true }] })).toContain('proved: no run fails');
    expect(text({ ...report, seeds: [seedMissed] })).not.toContain('proved');
  });
  it('is plain JSON with every seed', () => {
    const json = JSON.parse(JSON.stringify(huntedJson(subject, report)));
    expect(json).toMatchObject({ version: 1, strategy: 'urw', cap: 20, missed: 1, mean: 11, median: 9 });
    expect(json.seeds).toEqual(report.seeds);
  });
});
