// Node's own messages between processes, the peer of all rows: JSON over a socket pair, taken by the event loop.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { builtFolder } from '../problem/built.ts';
import { percentiles, type Sample, SIZES } from './samples.ts';

const Mark = { BACK: 1, TAKE: 2 } as const;
/** Most round trips, and most messages one way, of one size. */
const MOST = 5_000;

/** Measures them, as `measure` does: `milliseconds` for round trips, and for messages one way, of each size. */
export async function nodeMessages(milliseconds: number): Promise<Sample[]> {
  const child = fork(join(await builtFolder(), 'compare-ipc.js'), { execArgv: ['--no-warnings'] });
  let answered: () => void = () => {};
  let failed: (e: Error) => void = () => {};
  child.on('message', () => answered());
  child.once('error', (e) => failed(e));
  child.once('exit', () => failed(new Error('process.send could not be measured: the child has gone')));
  const trip = (message: { mark: number; data: string }): Promise<void> =>
    new Promise((done, fail) => {
      answered = done;
      failed = fail;
      child.send(message);
    });
  try {
    const samples: Sample[] = [];
    for (const bytes of SIZES) samples.push(await measured(bytes));
    return samples;
  } finally {
    failed = () => {};
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
  }

  async function measured(bytes: number): Promise<Sample> {
    const data = 'x'.repeat(bytes);
    const back = { mark: Mark.BACK, data };
    const take = { mark: Mark.TAKE, data };
    for (let i = 0; i < 10; i++) await trip(back);
    const times: number[] = [];
    for (const until = performance.now() + milliseconds; performance.now() < until && times.length < MOST; ) {
      const began = performance.now();
      await trip(back);
      times.push((performance.now() - began) * 1000);
    }
    const { median, p99 } = percentiles(times);
    const count = Math.max(5, Math.min(MOST, Math.floor((milliseconds * 1000) / median)));
    const began = performance.now();
    for (let i = 1; i < count; i++) child.send(take);
    await trip(back);
    return { bytes, median, p99, rate: (count * 1000) / (performance.now() - began) };
  }
}
