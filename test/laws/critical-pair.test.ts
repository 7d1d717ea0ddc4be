import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../harness/hunt/check.ts';
import { replay } from '../../harness/hunt/replay.ts';
import { home } from '../../harness/problem/catalogue.ts';

const findingOf = async (slug: string, name: string) => {
  const file = join(home, 'solutions', slug, 'broken', `${name}.ts`);
  const verdict = await check({ slug, file, only: 'controlled', teams: 1 });
  return { file, finding: verdict.findings[0] };
};

describe('the critical pair', () => {
  it.each([
    ['dining-philosophers', 'naive'],
    ['dining-philosophers', 'looks-then-takes'],
    ['producer-consumer', 'waits-with-the-mutex'],
    ['readers-writers', 'misses-the-signal'],
  ])('of %s/%s is of two processes, and its neighbour passes', { timeout: 60_000 }, async (slug, name) => {
    const { file, finding } = await findingOf(slug, name);
    const { steps, schedule } = finding.critical ?? { steps: [], schedule: '' };
    expect(steps).toHaveLength(2);
    const [first, second] = steps;
    expect(first?.process).not.toBe(second?.process);
    expect(finding.trace[(first?.step ?? 0) - 1]?.text).toBe(first?.text);
    expect(first?.location?.line).toBeGreaterThan(0);
    const passing = await replay({ slug, file, case: finding.case, schedule });
    expect(passing.finding).toBeUndefined();
    expect(passing.schedule).toBe(schedule);
  });
  it('is the fork that the other one should have had first', { timeout: 60_000 }, async () => {
    const { finding } = await findingOf('dining-philosophers', 'naive');
    expect(finding.critical?.steps).toMatchObject([
      { step: 2, process: 0, text: 'forks[0].lock()' },
      { step: null, process: 1, text: 'forks[0].lock()' },
    ]);
  });
  it('is not named where no order passes', { timeout: 60_000 }, async () => {
    const { finding } = await findingOf('dining-philosophers', 'minus-one');
    expect(finding.kind).toBe('misuse');
    expect(finding.critical).toBeUndefined();
  });
  it('is looked for although a process does not let go of runs that are over', {
    timeout: 60_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'critical-'));
    const file = join(folder, 'swallows.ts');
    writeFileSync(
      file,
      `import { mutex, solve } from 'interleave';
      import problem from 'interleave/problems/dining-philosophers';
      export default solve(problem, {
        share: (c) => ({ forks: Array.from({ length: c.seats }, () => mutex()) }),
        philosopher: ({ forks }, me) => { for (;;) try { forks[me.left].lock(); forks[me.right].lock(); } catch {} },
      });`,
    );
    try {
      const { findings } = await check({
        slug: 'dining-philosophers',
        file,
        only: 'controlled',
        teams: 1,
      });
      expect(findings).toMatchObject([{ kind: 'deadlock' }]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
