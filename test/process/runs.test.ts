// Whether a process runs, as the watch over free runs asks the system in the end.
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { runs } from '../../harness/os/proc.ts';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Starts Node on this code; returns its process id once it has said that it is ready. */
function start(code: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(child);
  return new Promise((ready) => child.stdout.once('data', () => ready(child.pid as number)));
}

const SLEEPS = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);';
const READY = "require('node:fs').writeSync(1, 'ready');";
const BUSY =
  "new (require('node:worker_threads').Worker)('for (;;);', { eval: true }).once('online', () => {";

/** What is told of the process in a second, now and then. */
async function told(pid: number): Promise<Set<boolean>> {
  const seen = new Set<boolean>();
  for (let i = 0; i < 20; i++) {
    seen.add(runs(pid));
    await delay(50);
  }
  return seen;
}

it('a process does not run where all of its threads sleep', async () => {
  const pid = await start(`${READY} ${SLEEPS}`);
  expect(await told(pid)).toContain(false);
});

it('it does where its main thread runs', async () => {
  const pid = await start(`${READY} for (;;);`);
  expect([...(await told(pid))]).toEqual([true]);
});

it('it does where its main thread sleeps and another one runs', async () => {
  const pid = await start(`${BUSY} ${READY} ${SLEEPS} });`);
  expect([...(await told(pid))]).toEqual([true]);
});

it('one that is gone does not', () => {
  expect(runs(2 ** 22 + 1)).toBe(false);
});
