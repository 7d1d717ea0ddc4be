import { describe, expect, it } from 'vitest';
import { criticalText } from '../../harness/report/critical.ts';
import { verdictText } from '../../harness/report/verdict-text.ts';
import { accepted, deadlock, paper } from './made.ts';

const critical = {
  steps: [
    { step: 2, process: 0, text: 'forks[0].lock()', location: { file: 'mine.ts', line: 4, column: 3 } },
    { step: null, process: 1, text: 'forks[0].lock()' },
  ],
  schedule: 'v1 a1 b7',
} as const;

describe('the order that decides', () => {
  it('is told with who, what and where', () => {
    expect(criticalText({ players: deadlock.players, critical }, paper(100)).slice(1)).toEqual([
      '    philosopher 0: forks[0].lock() (step 2, line 4)',
      '    philosopher 1: forks[0].lock() (not yet)',
    ]);
  });
  it('stands before the command that shows the finding, with one that shows the run that passes', () => {
    const verdict = { ...accepted, verdict: 'rejected', findings: [{ ...deadlock, critical }] } as const;
    const lines = verdictText(verdict, paper(100));
    const commands = lines.filter((line) => line.includes('lab replay'));
    expect(commands).toHaveLength(2);
    expect(commands[0]).toContain("'v1 a1 b7'");
    expect(lines.at(-1)).toBe(commands[1]);
  });
  it('is not mentioned where it is not known', () => {
    const lines = verdictText({ ...accepted, verdict: 'rejected', findings: [deadlock] }, paper(100));
    expect(lines.join('\n')).not.toContain('decides');
  });
});
