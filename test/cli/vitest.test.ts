import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const face = fileURLToPath(new URL('./face', import.meta.url));

/** What vitest keeps for itself goes here. */
const scratch = mkdtempSync(join(tmpdir(), 'face-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The outcome of every test of a student's repository. */
function outcomes(env: Record<string, string>) {
  const { stdout } = spawnSync(process.execPath, [vitest, 'run', '--root', face, '--reporter', 'json'], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: scratch, ...env },
  });
  const tests: { title: string; status: string; failureMessages: string[] }[] =
    JSON.parse(stdout).testResults[0].assertionResults;
  const named = (status: string) => tests.filter((test) => test.status === status).map((test) => test.title);
  return { tests, failed: named('failed'), passed: named('passed'), skipped: named('skipped') };
}

describe('the face for vitest', { timeout: 60_000 }, () => {
  it('is green, one test a rule, where the solution is accepted', () => {
    const { failed, passed, skipped } = outcomes({ VERDICT: 'accepted' });
    expect(failed).toEqual([]);
    expect(passed).toContain('neighbours never eat together');
    expect(passed).toContain('makes possible: half of the table eats at once');
    expect(passed).toContain('works at full speed');
    expect(passed).toContain('lets everyone get on');
    expect(skipped).toEqual([]);
  });
  it('fails the tests of the rules that are broken, with the report and no stack', () => {
    const { failed, passed, tests } = outcomes({ VERDICT: 'rejected' });
    expect(passed, 'the hunt ended before these could be known').toEqual([]);
    expect(failed).toEqual(['neighbours never eat together', 'does not deadlock']);
    const [message] = tests.find((test) => test.title === 'does not deadlock')!.failureMessages;
    expect(message).toContain('Who waits for what');
    expect(message.trimEnd().split('\n').at(-1)).toMatch(
      /^ {2}npx lab replay dining-philosophers mine\.ts --schedule/,
    );
    expect(message).not.toContain('harness/');
  });
  it('skips full speed where no free run was made', () => {
    expect(outcomes({ VERDICT: 'partly' }).skipped).toEqual(['works at full speed']);
  });
  it('leaves nothing beside the tests', () => {
    expect(readdirSync(face).sort()).toEqual(['student.face.ts', 'vitest.config.ts']);
  });
  it('passes nothing where the lab failed, or there is no file', () => {
    for (const env of [{ VERDICT: 'error' }, { VERDICT: 'accepted', FILE: 'nowhere.ts' }]) {
      const { passed, tests } = outcomes(env as Record<string, string>);
      expect(passed).toEqual([]);
      expect(tests.length).toBeGreaterThan(5);
    }
  });
});
