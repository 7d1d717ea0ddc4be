// A process sleeps where all its threads do, and none has moved between two looks.
import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { asleepFor, processState } from '../../harness/os/proc.ts';

/** A main thread that sleeps for ever while a thread of its own does `work`, once that has begun. */
async function sleeping<T>(work: string, look: (pid: number) => Promise<T>): Promise<T> {
  const main = `
    const { Worker } = require('node:worker_threads');
    const word = new Int32Array(new SharedArrayBuffer(8));
    new Worker(${JSON.stringify(`
      const { workerData: word } = require('node:worker_threads');
      Atomics.store(word, 0, 1);
      Atomics.notify(word, 0);
      ${work}
    `)}, { eval: true, workerData: word });
    setImmediate(function begun() {
      if (Atomics.load(word, 0) === 0) return setImmediate(begun);
      require('node:fs').writeSync(1, 'x');
      Atomics.wait(word, 1, 0);
    });`;
  const child = spawn(process.execPath, ['-e', main], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await new Promise((done) => child.stdout?.once('data', done));
    const pid = child.pid as number;
    while (processState(pid).state !== 'S') await new Promise((done) => setTimeout(done, 5));
    return await look(pid);
  } finally {
    child.kill('SIGKILL');
  }
}

it('a process whose main thread waits for another one of its own is not asleep', async () => {
  await sleeping('for (;;);', async (pid) => {
    for (let i = 0; i < 50; i++) {
      expect(processState(pid).state).toBe('S');
      expect(asleepFor(pid)).toBeUndefined();
      await new Promise((done) => setTimeout(done, 1));
    }
  });
});

it('one in which nobody moves is, and stays so', async () => {
  await sleeping('Atomics.wait(word, 1, 0);', async (pid) => {
    for (let before = -1, i = 0; i < 10; ) {
      const now = asleepFor(pid);
      i = now !== undefined && now === before ? i + 1 : 0;
      before = now ?? -1;
      await new Promise((done) => setTimeout(done, 5));
    }
  });
});

it('one that moves now and then is not asleep for the same', async () => {
  await sleeping('for (;;) Atomics.wait(word, 1, 0, 1);', async (pid) => {
    const looks = new Set<number | undefined>();
    while (looks.size < 5) {
      looks.add(asleepFor(pid));
      await new Promise((done) => setTimeout(done, 5));
    }
  });
});

it('one that has ended is not asleep', () => {
  expect(asleepFor(2 ** 22 + 1)).toBeUndefined();
});
