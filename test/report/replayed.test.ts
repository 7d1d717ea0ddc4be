import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Replayed } from '../../harness/check/verdict.ts';
import { replayedJson, replayedText } from '../../harness/report/replayed.ts';
import { width } from '../../harness/report/width.ts';
import * as made from './made.ts';

const subject = { problem: 'dining-philosophers', file: 'mine.ts', seed: 1 };
const replayed = (finding = made.deadlock, said: Replayed['said'] = []): Replayed => ({
  case: finding.case,
  schedule: finding.schedule ?? 'v1 a1',
  finding,
  run: finding,
  said,
});

describe('a replayed run', () => {
  it('is shown step by step, with what broke at its end', () => {
    const lines = replayedText(replayed(), made.paper());
    expect(lines[0]).toBe('The run again, with 2 seats, 1 meal (2 steps, 1 preemptive switch)');
    expect(lines.indexOf('Deadlock: everyone who is left waits, and nobody can go on')).toBeGreaterThan(
      lines.findIndex((line) => line.startsWith('✗  end')),
    );
  });
  it('is never folded', () => {
    const trace = Array.from({ length: 300 }, (_, i) => made.lockStep(i + 1, i % 2, 4, 'forks[0].lock()'));
    const text = replayedText(replayed({ ...made.deadlock, trace }), made.paper()).join('\n');
    expect(text).toMatch(/^ {3}150 {2}/m);
    expect(text).not.toContain('folded');
  });
  it('shows what the processes printed, and lets none of it steer the terminal', () => {
    const lines = replayedText(
      replayed(made.deadlock, [{ process: 1, text: 'left\u001b[2J\tright' }]),
      made.paper(),
    );
    expect(lines).toContain('    philosopher 1: left\\x1b[2J right');
  });
  it('says so where it broke no rule', () => {
    const { finding: _, ...fine } = replayed();
    expect(replayedText(fine, made.paper()).at(-1)).toBe('✓ No rule is broken in this run.');
    expect(replayedJson(subject, fine).finding).toBeNull();
  });
  it('shows the whole schedule where the run went beyond the one that was given', () => {
    expect(replayedText(replayed(), made.paper(), 'v1 a1')).toContain('  The whole schedule: v1 a1 b1');
    expect(replayedText(replayed(), made.paper(), ' v1 a1 b1').join('\n')).not.toContain(
      'The whole schedule',
    );
  });
  it('keeps to the width', () => {
    fc.assert(
      fc.property(made.findings, fc.integer({ min: 40, max: 160 }), (finding, columns) => {
        for (const line of replayedText(replayed(finding), made.paper(columns))) {
          expect(width(line), line).toBeLessThanOrEqual(columns);
        }
      }),
      { numRuns: 60 },
    );
  });
  it('has every step in its JSON', () => {
    const json = JSON.parse(JSON.stringify(replayedJson(subject, replayed())));
    expect(json).toMatchObject({
      version: 1,
      problem: 'dining-philosophers',
      file: 'mine.ts',
      schedule: 'v1 a1 b1',
    });
    expect(json.run.trace).toHaveLength(2);
    expect(json.finding.replay).toContain("--schedule 'v1 a1 b1'");
  });
});
