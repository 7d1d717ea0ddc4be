// What a process leaves behind that was killed. The one here never lived: its number is the largest that Linux gives.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { inC } from '../../harness/os/libc.ts';
import { clean } from '../../harness/process/leftovers.ts';

const NOBODY = 4_194_303;
const memory = `/dev/shm/interleave-${NOBODY}-0`;
const semaphore = `/dev/shm/sem.interleave-${NOBODY}-1`;
const folder = join(tmpdir(), `interleave-fifo-${NOBODY}-abcdef`);
const ours = `/dev/shm/interleave-${process.pid}-99999`;

afterEach(() => {
  for (const path of [memory, semaphore, folder, ours]) rmSync(path, { recursive: true, force: true });
});

function leaveBehind(): void {
  for (const path of [memory, semaphore, ours]) writeFileSync(path, 'x');
  mkdirSync(folder);
  writeFileSync(join(folder, 'fifo'), '');
}

describe('what was left behind', () => {
  it('is shown, and then removed, but not what somebody still uses', () => {
    leaveBehind();
    const names = [`interleave-${NOBODY}-0`, `sem.interleave-${NOBODY}-1`, folder];
    const of = (found: { name: string }[]): string[] =>
      found.map(({ name }) => name).filter((name) => name.includes(String(NOBODY)));
    expect(of(clean(true)).sort()).toEqual([...names].sort());
    expect(existsSync(memory)).toBe(true);
    expect(of(clean(false)).sort()).toEqual([...names].sort());
    for (const path of [memory, semaphore, folder]) expect(existsSync(path)).toBe(false);
    expect(existsSync(ours)).toBe(true);
    expect(of(clean(true))).toEqual([]);
  });

  it('of System V too: an id that is no file', () => {
    const get = inC('int msgget(int key, int flags)');
    const key = (0x1ea << 20) | ((NOBODY % 16_384) << 6) | 5;
    const id = get(key, 0o1600) as number;
    expect(id).toBeGreaterThanOrEqual(0);
    expect(clean(false)).toContainEqual({ what: 'System V message queue', name: String(id) });
    expect(get(key, 0)).toBe(-1);
  });

  it('is swept when the next kernel objects are made', async () => {
    leaveBehind();
    // In a process of its own: each sweeps once.
    const { execFileSync } = await import('node:child_process');
    const folderOfTest = mkdtempSync(join(tmpdir(), `interleave-${process.pid}-`));
    const file = new URL('../../harness/process/kernel-objects.ts', import.meta.url).pathname;
    try {
      const code = `import { KernelObjects } from '${file}';\nnew KernelObjects([], true, 1).sendTo([]);`;
      writeFileSync(join(folderOfTest, 'make.mts'), code);
      execFileSync(process.execPath, ['--import', 'tsx', join(folderOfTest, 'make.mts')]);
    } finally {
      rmSync(folderOfTest, { recursive: true });
    }
    expect(existsSync(memory)).toBe(false);
    expect(existsSync(ours)).toBe(true);
  });
});
