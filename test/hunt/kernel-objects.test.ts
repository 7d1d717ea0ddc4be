// Hunts on real processes alone, which is how solutions over kernel objects are hunted.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../harness/check/finding.ts';
import { check } from '../../harness/hunt/check.ts';

const folder = mkdtempSync(join(tmpdir(), 'kernel-objects-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is found where both players of ping-pong do this. */
async function findings(server: string, returner: string): Promise<readonly Finding[]> {
  const file = join(folder, 'solution.ts');
  writeFileSync(
    file,
    `import { pipe, solve } from 'interleave';
    import problem from 'interleave/problems/ping-pong';
    export default solve(problem, {
      share: () => ({ there: pipe(), back: pipe() }),
      server({ there, back }, me) { ${server} },
      returner({ there, back }, me) { ${returner} },
    });`,
  );
  return (await check({ slug: 'ping-pong', file, only: 'controlled', teams: 1, schedules: 20 })).findings;
}

describe('a hunt', { timeout: 60_000 }, () => {
  it('goes on although a process does not let go of runs that are over', async () => {
    const swallows = 'for (;;) try { back.reader.readInt32(); } catch {}';
    expect(await findings(swallows, swallows)).toMatchObject([{ kind: 'deadlock' }]);
  });

  it('finds that functions call each other too deeply, although that is at another step each time', async () => {
    const deep = 'const again = (n) => { there.writer.write(n); again(n); }; again(1);';
    const [found] = await findings(
      deep,
      'while (there.reader.readInt32() !== undefined) there.writer.write(1);',
    );
    expect(['crash', 'non-terminating']).toContain(found?.kind);
    if (found?.kind === 'crash') expect(found.message).toContain('Maximum call stack size exceeded');
  });
});
