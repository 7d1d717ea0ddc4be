// ECMAScript promises atomics on SharedArrayBuffer only; the lab needs them on mapped memory, between processes.
// So it is tried: two processes add to one word and hand a turn back and forth, and nothing may be lost.
import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { builtFolder } from '../problem/built.ts';
import { createSegment } from '../shared/segment.ts';
import { ADDED, addAndWake, BYTES, openGround, ROUNDS } from './self-test-rounds.ts';

/** Tries it; about 0.1 s. Returns what was seen. Throws where an update or a wake-up was lost. */
export async function selfTest(): Promise<string> {
  const fd = createSegment(BYTES);
  try {
    const ground = openGround(fd);
    const file = join(await builtFolder(), 'self-test-peer.js');
    const peer = spawn(process.execPath, ['--no-warnings', file, String(process.pid)], {
      stdio: ['ignore', 'ignore', 'ignore', fd],
    });
    const ended = new Promise<number | null>((done) => peer.once('exit', done));
    const ok = addAndWake(ground, 0);
    if (!ok) peer.kill('SIGKILL');
    const code = await ended;
    if (!ok || code !== 0) throw new Error('a wake-up between two processes was lost');
    const sum = Atomics.load(ground.words, ADDED);
    if (sum !== 2 * ROUNDS)
      throw new Error(`of ${2 * ROUNDS} atomic additions by two processes ${2 * ROUNDS - sum} were lost`);
    return `${2 * ROUNDS} additions by two processes, none lost`;
  } finally {
    closeSync(fd);
  }
}
