// What a process leaves behind that was killed. The one here never lived: its number is the largest that Linux gives.
import { closeSync, existsSync, mkdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { inC } from '../../harness/os/libc.ts';
import { systemCalls } from '../../harness/os/machine.ts';
import { createNamedSemaphore } from '../../harness/os/posix-semaphore.ts';
import { clean } from '../../harness/process/leftovers.ts';
import { inOwnProcess } from '../own-process.ts';

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

  it('of POSIX too: a message queue, also where nothing is mounted that lists them', () => {
    const name = `interleave-${process.geteuid?.()}-7`;
    const open = inC(
      'long syscall(long number, const char *name, int flags, uint mode, int64_t *attributes)',
    );
    const left = { what: 'POSIX message queue', name };
    // Whoever makes a queue just now, in another process, may come before us and remove it as well.
    let found: unknown[] = [];
    for (let n = 0; n < 20 && found.length === 0; n++) {
      closeSync(Number(open(systemCalls().mq.open, name, 0o102, 0o600, null)));
      found = clean(false).filter((f) => JSON.stringify(f) === JSON.stringify(left));
    }
    expect(found).toEqual([left]);
    expect(Number(open(systemCalls().mq.open, name, 0, 0, null))).toBe(-1);
  });

  it('is never a semaphore that does not say who made it', async () => {
    // Others may make some at the same time, but not always.
    for (let attempt = 1; ; attempt++) {
      const names: string[] = [];
      const watcher = watch('/dev/shm', (_, name) => names.push(String(name)));
      for (let n = 0; n < 3; n++) closeSync(createNamedSemaphore(1));
      while (!names.some((name) => name.includes(String(process.pid)))) await delay(5);
      await delay(20);
      watcher.close();
      const strangers = names.filter((name) => !name.includes(`interleave-${process.pid}-`));
      if (strangers.length === 0) break;
      expect(attempt, strangers.join(', ')).toBeLessThan(20);
    }
  });

  it('is swept when the next kernel objects are made', async () => {
    leaveBehind();
    // In a process of its own: each sweeps once.
    const { stderr } = inOwnProcess(
      "import { KernelObjects } from './harness/process/kernel-objects.ts'; new KernelObjects([], true, 1).sendTo([]);",
    );
    expect(stderr).toBe('');
    expect(existsSync(memory)).toBe(false);
    expect(existsSync(ours)).toBe(true);
  });
});
