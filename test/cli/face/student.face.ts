import { join } from 'node:path';
import { vi } from 'vitest';
import { describeProblem } from '../../../harness/vitest.ts';

vi.mock('../../../harness/cli/engine.ts', async () => {
  const made = await import('../../report/made.ts');
  const { problem } = await import('../shell.ts');
  const verdicts = {
    accepted: made.accepted,
    partly: { ...made.accepted, free: { runs: 0, perSecond: 0, unit: 'meals' } },
    rejected: { ...made.rejected, findings: [made.deadlock, made.unsafe] },
    error: made.failed,
  };
  const verdict = verdicts[process.env.VERDICT as keyof typeof verdicts];
  return { engine: { problemOf: async () => problem, check: async () => verdict } };
});

describeProblem('dining-philosophers', process.env.FILE ?? join(import.meta.dirname, 'student.face.ts'));
