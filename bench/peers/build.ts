// Compiles the peers, which are what the lab's figures are compared with. Where there is no C compiler the bench goes
// on without them: its ratios are then unknown, and nothing is made up.
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const source = (name: string): string => fileURLToPath(new URL(`${name}.c`, import.meta.url));
const folder = fileURLToPath(new URL('../.build/', import.meta.url));
const binary = (name: string): string => `${folder}${name}`;

export const peers = ['handoff', 'semaphore', 'buffer'] as const;
export type Peer = (typeof peers)[number];

/** The line that a peer prints. */
interface PeerLine {
  readonly name: string;
  readonly iterations: number;
  readonly seconds: number;
  readonly value: number;
  readonly unit: string;
}

/** Compiles all peers with `cc -O2`. Returns why that cannot be done, or undefined once it is. Never throws. */
export async function buildPeers(): Promise<string | undefined> {
  try {
    await mkdir(folder, { recursive: true });
    for (const name of peers) await run('cc', ['-O2', '-Wall', '-pthread', '-o', binary(name), source(name)]);
    return undefined;
  } catch (e) {
    const { code, stderr, message } = e as { code?: unknown; stderr?: string; message: string };
    if (code === 'ENOENT') return "there is no C compiler ('cc'): install gcc or clang to see the ratios";
    return `the peers in C could not be compiled: ${stderr?.trim() || message}`;
  }
}

/** Runs a compiled peer once, about 0.3 s, and returns its value. Throws where it fails. */
export async function runPeer(name: Peer): Promise<number> {
  const { stdout } = await run(binary(name), [], { timeout: 30_000, killSignal: 'SIGKILL' });
  return (JSON.parse(stdout) as PeerLine).value;
}
