// The worker processes of a team: started warm, ended for certain.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { socketPair } from '../os/descriptors.ts';
import { builtFolder } from '../problem/built.ts';

/** Memory of JavaScript objects that a solution may use in one process, in megabytes. */
const HEAP = 96;

/** What a worker is started with. */
export const NODE_FLAGS: readonly string[] = [
  '--disallow-code-generation-from-strings',
  `--max-old-space-size=${HEAP}`,
  '--max-semi-space-size=2',
  '--no-warnings',
  // The steps of a run go through few, long functions: taken apart they cost a tenth more.
  '--max-inlined-bytecode-size=2000',
  '--max-inlined-bytecode-size-cumulative=5000',
];

/** Nothing of the machine's environment; numbers, dates and the order of words are written alike everywhere. */
const PLACE = { TZ: 'UTC', LC_ALL: 'en_US.UTF-8' };

export class Crew {
  readonly #workers: ChildProcess[] = [];
  /** The referee's ends of the sockets over which workers get their kernel objects. */
  readonly sockets: number[] = [];
  readonly #segmentFd: number;

  /** @param segmentFd the descriptor that every worker inherits as 3 */
  constructor(segmentFd: number) {
    this.#segmentFd = segmentFd;
  }

  get size(): number {
    return this.#workers.length;
  }

  /** Process ids, by process number. */
  get pids(): number[] {
    return this.#workers.map((w) => w.pid ?? -1);
  }

  /** Starts workers until there are `size`. */
  async start(size: number): Promise<void> {
    const file = join(await builtFolder(), 'worker.cjs');
    while (this.#workers.length < size) {
      const number = String(this.#workers.length);
      const [socket, its] = socketPair();
      const child = spawn(process.execPath, [...NODE_FLAGS, file, number, String(process.pid)], {
        stdio: ['ignore', 'ignore', process.env.LAB_DEBUG ? 'inherit' : 'ignore', this.#segmentFd, its],
        env: PLACE,
      });
      child.on('error', () => {}); // seen as a worker without a process id
      closeSync(its);
      this.sockets.push(socket);
      this.#workers.push(child);
    }
  }

  /** How a worker ended that should not have; undefined while all are well. */
  casualty(): string | undefined {
    const dead = this.#workers.find(
      (w) => w.pid === undefined || w.exitCode !== null || w.signalCode !== null,
    );
    return (
      dead && (dead.signalCode ?? (dead.pid === undefined ? 'not started' : `exit code ${dead.exitCode}`))
    );
  }

  /** How the worker of process `p` ended, once the system has told: `SIGSEGV`, `exit code 3`. */
  async howEnded(p: number): Promise<string> {
    const w = this.#workers[p];
    for (let i = 0; i < 100 && w.exitCode === null && w.signalCode === null; i++) await delay(5);
    return w.signalCode ?? `exit code ${w.exitCode}`;
  }

  /** Kills all workers without waiting for them. */
  kill(): void {
    for (const w of this.#workers) w.kill('SIGKILL');
  }

  /** Kills all workers and waits until they are gone. */
  async close(): Promise<void> {
    for (const socket of this.sockets.splice(0)) closeSync(socket);
    await Promise.all(
      this.#workers.splice(0).map(
        (w) =>
          new Promise<void>((done) => {
            if (w.pid === undefined || w.exitCode !== null || w.signalCode !== null) return done();
            w.once('exit', () => done());
            w.kill('SIGKILL');
          }),
      ),
    );
  }
}
