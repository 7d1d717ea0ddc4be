// A command with everything that it starts, watched from outside through /proc: as a session of its own, so that its
// processes are known also when their parents are gone.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { home } from '../../harness/problem/catalogue.ts';

export interface Member {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** What a command came to. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly error: string;
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process is gone
  }
};

const pids = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger);

/** The living processes of a session; those that have ended and were not collected yet hold nothing any more. */
export function membersOf(session: number): Member[] {
  return pids().flatMap((pid) => {
    const stat = read(`/proc/${pid}/stat`);
    const [state, parent, , of] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(of) !== session || state === 'Z' || state === 'X') return [];
    const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
    return [{ pid, parent: Number(parent), command }];
  });
}

/** Memory objects of the lab that process `pid` has mapped or open, by inode. */
export function memoryOf(pid: number): string[] {
  const mapped = read(`/proc/${pid}/maps`)
    .split('\n')
    .flatMap((line) => (line.includes('memfd:interleave') ? [line.split(/\s+/)[4]] : []));
  let open: string[] = [];
  try {
    open = readdirSync(`/proc/${pid}/fd`)
      .filter((fd) => link(`/proc/${pid}/fd/${fd}`).startsWith('/memfd:interleave'))
      .map((fd) => /ino:\s*(\d+)/.exec(read(`/proc/${pid}/fdinfo/${fd}`))?.[1] ?? 'unknown');
  } catch {
    // The process is gone.
  }
  return [...new Set([...mapped, ...open])];
}

const link = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
};

/** Who on this machine still has one of these memory objects. */
export const holdersOf = (memory: ReadonlySet<string>): number[] =>
  pids().filter((pid) => memoryOf(pid).some((inode) => memory.has(inode)));

export class Family {
  readonly #child: ChildProcess;
  /** Its folder for temporary files. */
  readonly temporary = mkdtempSync(join(tmpdir(), 'family-'));
  readonly ended: Promise<Ended>;
  /** Memory objects that any of them was ever seen with. */
  readonly memory = new Set<string>();

  /** Starts `node bin/lab.js` with these arguments. */
  constructor(...given: string[]) {
    const child = spawn(process.execPath, [join(home, 'bin/lab.js'), ...given], {
      cwd: home,
      detached: true, // a session of its own
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: this.temporary, NO_COLOR: '1' },
    });
    this.#child = child;
    let out = '';
    let error = '';
    child.stdout.on('data', (text) => {
      out += text;
    });
    child.stderr.on('data', (text) => {
      error += text;
    });
    this.ended = new Promise((done) => {
      child.on('close', (code, signal) => done({ code, signal, out, error }));
    });
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  members(): Member[] {
    const members = membersOf(this.pid);
    for (const { pid } of members) for (const inode of memoryOf(pid)) this.memory.add(inode);
    return members;
  }

  /** Those whose command names `file`. */
  playing(file: 'referee.cjs' | 'worker.cjs'): Member[] {
    return this.members().filter(({ command }) => command.includes(`/${file} `));
  }

  /** Memory objects that it has or had. */
  shared(): string[] {
    this.members();
    return [...this.memory];
  }

  /** Waits until `found` finds someone, for 20 s at most. */
  async until<T>(found: () => readonly T[]): Promise<readonly T[]> {
    const limit = performance.now() + 20_000;
    while (performance.now() < limit) {
      const all = found();
      if (all.length > 0) return all;
      await delay(5);
    }
    throw new Error(`nobody has come; there are ${JSON.stringify(this.members())}`);
  }

  /** What there is of it now: processes, memory, files. */
  remains(): string[] {
    return [
      ...membersOf(this.pid).map(({ pid, command }) => `process ${pid}: ${command}`),
      ...holdersOf(this.memory).map((pid) => `memory held by ${pid}: ${read(`/proc/${pid}/cmdline`)}`),
      ...readdirSync(this.temporary).map((name) => `temporary file ${name}`),
    ];
  }

  /** What is left of it, once it has had the time to go: nothing, where the list is empty. */
  async leftovers(): Promise<string[]> {
    const limit = performance.now() + 10_000;
    for (let left = this.remains(); ; left = this.remains()) {
      if (left.length === 0 || performance.now() > limit) return left;
      await delay(30);
    }
  }

  /** Ends whatever is left. */
  clear(): void {
    for (const { pid } of membersOf(this.pid)) kill(pid);
    rmSync(this.temporary, { recursive: true, force: true });
  }
}

/** `kill -9`; says whether there was somebody to kill. */
export function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
