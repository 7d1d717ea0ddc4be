import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../harness/report/fold.ts';
import { lockStep } from './made.ts';

const traces = fc
  .array(fc.tuple(fc.nat(2), fc.integer({ min: 0, max: 30 })), { maxLength: 400, size: 'max' })
  .map((steps) =>
    steps.map(([process, n], i) => ({ ...lockStep(i + 1, process, 4, 'door.lock()'), preempts: n === 0 })),
  );

describe('folding a run', () => {
  it('drops and reorders nothing: steps and gaps together are the run', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        expect(fold(trace).flatMap((item) => ('folded' in item ? item.folded : [item]))).toEqual(trace);
      }),
    );
  });
  it('always shows the first five steps and the last thirty', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const shown = fold(trace).filter((item) => !('folded' in item));
        expect(shown.slice(0, 5)).toEqual(trace.slice(0, 5));
        expect(shown.slice(-30)).toEqual(trace.slice(-30));
      }),
    );
  });
  it('shows at most 60 steps and 8 gaps of a run of any length', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const items = fold(trace);
        const gaps = items.filter((item) => 'folded' in item);
        expect(items.length - gaps.length).toBeLessThanOrEqual(5 + 30 + 6 * 4 + 2 * 8);
        expect(gaps.length).toBeLessThanOrEqual(8);
      }),
    );
  });
  it('keeps the latest preemptive switches with what lies around them', () => {
    const trace = Array.from({ length: 200 }, (_, i) => ({
      ...lockStep(i + 1, 0, 4, 'door.lock()'),
      preempts: i === 99,
    }));
    const shown = fold(trace).flatMap((item) => ('folded' in item ? [] : [item.step]));
    expect(shown.filter((step) => step > 5 && step <= 170)).toEqual([98, 99, 100, 101]);
  });
  it('leaves a short run whole', () => {
    const trace = Array.from({ length: 48 }, (_, i) => lockStep(i + 1, 0, 4, 'door.lock()'));
    expect(fold(trace)).toEqual(trace);
  });
});
