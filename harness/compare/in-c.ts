// The same rows in C, where there is a compiler.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { allowedProcessors } from '../os/affinity.ts';
import { home } from '../problem/catalogue.ts';
import type { Sample } from './samples.ts';

const run = promisify(execFile);

/** The peer in C, compiled. */
export interface PeerInC {
  /** Measures a row; undefined where there is no such row in C. Throws where it fails. */
  measure(name: string, milliseconds: number): Promise<Sample[] | undefined>;
  /** Removes what was compiled. */
  remove(): Promise<void>;
}

/** Compiles it with `cc -O2`. A text says why that cannot be done. Never throws. */
export async function peerInC(): Promise<PeerInC | string> {
  const folder = await mkdtemp(join(tmpdir(), `interleave-compare-${process.pid}-`));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const file = join(folder, 'peer');
  try {
    const source = join(home, 'harness/compare/peer.c');
    await run('cc', ['-O2', '-o', file, source, '-pthread', '-lrt']);
  } catch (e) {
    await remove();
    const { code, stderr, message } = e as { code?: unknown; stderr?: string; message: string };
    if (code === 'ENOENT') return "there is no C compiler ('cc')";
    return `the peer in C could not be compiled: ${stderr?.trim() || message}`;
  }
  return {
    remove,
    async measure(name, milliseconds) {
      const all = allowedProcessors();
      const on = [all[0], all[1 % all.length]].map(String);
      const { stdout } = await run(file, [name, String(milliseconds), ...on], {
        timeout: 120_000,
        killSignal: 'SIGKILL',
      });
      const samples = JSON.parse(stdout) as Sample[];
      return samples.length === 0 ? undefined : samples;
    },
  };
}
