import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../harness/check/finding.ts';
import { kindTitle, meaning } from '../../harness/report/kind.ts';
import { verdictText } from '../../harness/report/verdict-text.ts';
import { width } from '../../harness/report/width.ts';
import * as made from './made.ts';

const bare = (lines: readonly string[]) => lines.map((line) => stripVTControlCharacters(line));
const isCommand = (line: string) => line.startsWith('  npx lab ');

describe('the text of a rejection', () => {
  const text = verdictText(made.rejected, made.paper()).join('\n');

  it('shows one column a process, the own lines of the student, the switch and the moment it went wrong', () => {
    expect(text).toContain(
      [
        '        a  philosopher 0                   │ b  philosopher 1',
        '───────────────────────────────────────────────────────────────────────────────',
        '     1  4 forks[me.left].lock();           │',
        '         → forks[0].lock()                 │',
        ' »   2                                     │ 4 forks[me.left].lock();',
        '                                           │  → forks[1].lock()',
        '✗  end  5 forks[me.right].lock();          │ 5 forks[me.right].lock();',
        '         → waits: forks[1].lock()          │  → waits: forks[0].lock()',
        '',
        '        » the schedule switches here: the process before could have gone on',
      ].join('\n'),
    );
  });
  it('says who waits for what, who holds it, and draws the circle in words', () => {
    const flat = text.replace(/\s+/g, ' ');
    expect(flat).toContain('philosopher 0 waits in forks[1].lock() (line 5) held by philosopher 1');
    expect(flat).toContain('The circle: philosopher 0 → philosopher 1 → philosopher 0');
  });
  it('names the case in words and the size of the run', () => {
    expect(text).toContain('with 2 seats, 1 meal\n');
    expect(text).toContain('(2 steps, 1 preemptive switch)');
  });
  it('ends with the command that replays it, and nothing after it', () => {
    expect(text.split('\n').at(-1)).toBe(
      `  npx lab replay dining-philosophers mine.ts --schedule 'v1 a1 b1' --case '{"seats":2,"meals":1}'`,
    );
  });
  it('ends every one of several findings with its own command', () => {
    const two = verdictText(
      { ...made.rejected, findings: [made.deadlock, made.overSynchronised] },
      made.paper(),
    );
    expect(two.filter(isCommand).map((line) => line.trim().split(' ')[2])).toEqual(['replay', 'check']);
  });
  it.each(kinds)('has words and a headline for %s', (kind) => {
    const lines = verdictText({ ...made.rejected, findings: [made.ofKind(kind)] }, made.paper());
    expect(lines[0]).toBe(`✗ rejected: ${kindTitle(kind).toLowerCase()}`);
    expect(lines).toContain(`${kindTitle(kind)}: ${meaning[kind]}`);
  });
  it('marks the event that broke the rule, not a later step of the run', () => {
    const later = { ...made.lockStep(3, 0, 5, 'forks[1].lock()') };
    const lines = verdictText(
      { ...made.rejected, findings: [{ ...made.unsafe, steps: 3, trace: [...made.unsafe.trace, later] }] },
      made.paper(),
    );
    expect(lines.filter((line) => line.startsWith('✗')).slice(1)).toEqual([expect.stringMatching(/^✗» +2 /)]);
  });
  it('says of processes that were about to go on what came next, not that they wait', () => {
    const endless = { ...made.deadlock, kind: 'non-terminating' as const, process: 0 };
    const text = verdictText({ ...made.rejected, findings: [endless] }, made.paper()).join('\n');
    expect(text).toContain('→ next: forks[0].lock()');
    expect(text).toContain('never gets past here');
    expect(text).not.toContain('waits:');
  });
  it('says how much it took to find it', () => {
    const flat = (verdict: typeof made.rejected) =>
      verdictText(verdict, made.paper()).join(' ').replace(/\s+/g, ' ');
    expect(flat(made.rejected)).toContain('Found after 212 schedules of 1 case (1,834 steps, 0.31 s).');
    const free = { runs: 3, perSecond: 0, unit: 'meals' };
    expect(flat({ ...made.rejected, free })).toContain('(1,834 steps, 0.31 s) and 3 runs at full speed.');
    const none = { ...made.rejected.explored, schedules: 0 };
    expect(flat({ ...made.rejected, free, explored: none })).toContain('Found after 3 runs at full speed.');
  });
  it('marks the end where nothing was wrong before it', () => {
    const { process: _, ...lost } = { ...made.unsafe, kind: 'lost' as const };
    for (const finding of [lost, { ...made.unsafe, kind: 'left-behind' as const }]) {
      const lines = verdictText({ ...made.rejected, findings: [finding] }, made.paper());
      expect(lines.filter((line) => line.startsWith('✗')).slice(1)).toEqual([
        '✗  end  every process has ended',
      ]);
    }
  });
  it('says at which step it went wrong where the run went on', () => {
    const lines = verdictText({ ...made.rejected, findings: [{ ...made.unsafe, steps: 9 }] }, made.paper());
    expect(lines).toContain('  The smallest run that shows it (wrong at step 2 of 9, 1 preemptive switch):');
  });
  it('does not say a rule twice', () => {
    const message = "philosopher 1 broke the rule 'neighbours never eat together'.";
    const lines = verdictText({ ...made.rejected, findings: [{ ...made.unsafe, message }] }, made.paper());
    expect(lines.filter((line) => line.includes('never eat together'))).toHaveLength(1);
  });
  it('shows where a process crashed, with its own stack', () => {
    const lines = verdictText({ ...made.rejected, findings: [made.crash] }, made.paper());
    expect(lines).toContain('    at philosopher (mine.ts:5:7)');
    expect(lines.join('\n')).toMatch(/✗ {2}end {2}5 forks\[me\.right\]\.lock\(\); .*\n +→ crashes here/);
  });
  it('does not claim a smallest run for what the kernel scheduled', () => {
    const lines = verdictText(
      { ...made.rejected, findings: [{ ...made.unsafe, mode: 'free', schedule: null }] },
      made.paper(),
    );
    expect(lines.join('\n')).not.toContain('smallest run');
    expect(lines.at(-1)).toMatch(/^ {2}npx lab free dining-philosophers mine\.ts --case /);
  });
});

describe('the text of an acceptance', () => {
  const text = verdictText(made.accepted, made.paper()).join('\n');
  const flat = text.replace(/\s+/g, ' ');
  it('says what was explored', () => {
    expect(flat).toContain(
      'Explored 12 cases under 20,000 schedules: 14,212 distinct traces, 1,834,123 steps in 4.3 s, 425,551 steps/s.',
    );
  });
  it('gives the speed with its unit', () => {
    expect(flat).toContain('in 6 runs: 183,211 meals/s.');
  });
  it('says that it proves nothing', () => {
    expect(flat).toContain('Not a proof');
  });
  it('says that the interleavings were luck where only free runs were made', () => {
    const none = { ...made.accepted.explored, cases: 0, schedules: 0, modelled: 0, traces: 0, steps: 0 };
    const free = verdictText({ ...made.accepted, explored: none }, made.paper()).join('\n');
    expect(free).toContain('luck');
    expect(free).not.toContain('Explored');
  });
  it('says so where nothing ran at full speed', () => {
    const lines = verdictText(
      { ...made.accepted, free: { runs: 0, perSecond: 0, unit: 'meals' } },
      made.paper(),
    );
    expect(lines.join(' ')).toContain('Nothing ran at full speed.');
    expect(lines.join(' ')).not.toContain('meals/s');
  });
  it('passes notes on', () => {
    const lines = verdictText({ ...made.accepted, notes: ['The hunt was cut after 2 s.'] }, made.paper());
    expect(lines).toContain('  Note: The hunt was cut after 2 s.');
  });
});

describe('the text of an error', () => {
  const flat = verdictText(made.failed, made.paper()).join('\n').replace(/\s+/g, ' ');
  it('takes the blame off the student and says what to do', () => {
    expect(flat).toContain('the referee ended without a word (signal SIGKILL).');
    expect(flat).toContain('not of your solution');
    expect(flat).toContain('npx lab doctor');
  });
});

describe('every text', () => {
  it('keeps to the width, but for commands to paste', () => {
    fc.assert(
      fc.property(
        made.verdicts,
        fc.integer({ min: 40, max: 220 }),
        fc.boolean(),
        (verdict, columns, painted) => {
          for (const line of bare(verdictText(verdict, made.paper(columns, painted)))) {
            if (!isCommand(line)) expect(width(line), line).toBeLessThanOrEqual(columns);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
  it('lets nothing of the student steer the terminal', () => {
    fc.assert(
      fc.property(made.verdicts, (verdict) => {
        for (const line of verdictText(verdict, made.paper()))
          expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 60 },
    );
  });
  it('is the same with and without colours', () => {
    fc.assert(
      fc.property(made.verdicts, (verdict) => {
        const painted = verdictText(verdict, made.paper(80, true));
        expect(bare(painted).map((line) => line.trimEnd())).toEqual(verdictText(verdict, made.paper()));
        expect(painted[0]).not.toBe(bare(painted)[0]);
      }),
      { numRuns: 60 },
    );
  });
  it('ends no line with a blank of any kind, also where that is all there is', () => {
    const blank = { ...made.crash, message: ' \u00a0 ', stack: ['\u00a0', '  ', 'at x\u3000'] };
    for (const painted of [false, true]) {
      const lines = bare(verdictText({ ...made.rejected, findings: [blank] }, made.paper(80, painted)));
      expect(lines.filter((line) => /^\s+$/.test(line) || line.includes('\u3000'))).toEqual([]);
    }
  });
  it('shows each step of a short run once', () => {
    fc.assert(
      fc.property(made.findings, (finding) => {
        const trace = finding.trace.slice(0, 40);
        const lines = verdictText({ ...made.rejected, findings: [{ ...finding, trace }] }, made.paper());
        const steps = lines.flatMap((line) => /^[✗ ][» ] +(\d+) {2}/.exec(line)?.[1] ?? []).map(Number);
        expect(steps).toEqual(trace.map((step) => step.step));
      }),
      { numRuns: 60 },
    );
  });
});
