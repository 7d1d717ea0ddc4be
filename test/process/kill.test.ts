// Whatever is killed, with SIGKILL and at any time: nothing of the lab is left behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { home } from '../../harness/problem/catalogue.ts';

interface Seen {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All processes that are alive: zombies have no command line. */
function processes(): Seen[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').join(' ').trim();
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return command === '' ? [] : [{ pid: Number(name), parent, command }];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}

/** The referees and workers below `root`, with `root` itself. */
function family(root: number): Seen[] {
  const all = processes();
  const found = all.filter((p) => p.pid === root);
  for (const p of found) found.push(...all.filter((q) => q.parent === p.pid));
  return found;
}

const isAlive = (pid: number): boolean => processes().some((p) => p.pid === pid);

/** Whether a process has the memory of a team open. */
function holdsSegment(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) =>
      readlinkSync(`/proc/${pid}/fd/${fd}`).includes('memfd:interleave'),
    );
  } catch {
    return false;
  }
}

let command: ChildProcess | undefined;
let output = '';

/** Starts a check that takes a while, and waits until its workers play. */
async function busyCheck(): Promise<Seen[]> {
  output = '';
  command = spawn(
    process.execPath,
    [
      'bin/lab.js',
      'check',
      'dining-philosophers',
      'solutions/dining-philosophers/waiter.ts',
      '--schedules',
      '1000000',
    ],
    { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  command.stdout?.on('data', (text) => (output += text));
  command.stderr?.on('data', (text) => (output += text));
  for (let i = 0; i < 400; i++) {
    const all = family(command.pid as number);
    if (all.filter((p) => p.command.includes('worker.js')).length >= 4) {
      await delay(Math.random() * 300);
      return family(command.pid as number);
    }
    await delay(25);
  }
  throw new Error(`the check did not come to play: ${output}`);
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) =>
    child.exitCode !== null || child.signalCode !== null ? done(child.exitCode) : child.once('exit', done),
  );

async function allGone(pids: readonly number[]): Promise<number[]> {
  for (let i = 0; i < 200 && pids.some(isAlive); i++) await delay(25);
  return pids.filter(isAlive);
}

afterEach(async () => {
  if (command?.pid === undefined) return;
  const all = family(command.pid);
  for (const { pid } of all.reverse()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // gone
    }
  }
  await ended(command);
});

describe('whatever is killed', () => {
  it('no process and no memory outlives the command', async () => {
    for (let round = 0; round < 3; round++) {
      const all = await busyCheck();
      const teams = all.filter((p) => /referee\.js|worker\.js/.test(p.command));
      expect(teams.some((p) => holdsSegment(p.pid))).toBe(true);
      command?.kill('SIGKILL');
      expect(await allGone(all.map((p) => p.pid))).toEqual([]);
      expect(teams.filter((p) => holdsSegment(p.pid))).toEqual([]);
    }
  });

  it('no worker outlives its referee, and the command says what happened and exits with 3', async () => {
    const all = await busyCheck();
    const referee = all.find((p) => p.command.includes('referee.js')) as Seen;
    process.kill(referee.pid, 'SIGKILL');
    expect(await ended(command as ChildProcess)).toBe(3);
    expect(output).toMatch(/referee was ended by SIGKILL/);
    expect(output).not.toMatch(/^\s+at /m);
    expect(await allGone(all.map((p) => p.pid))).toEqual([]);
  });

  it('a worker is replaced, its run is repeated, and the verdict stays right', async () => {
    output = '';
    command = spawn(
      process.execPath,
      [
        'bin/lab.js',
        'check',
        'dining-philosophers',
        'solutions/dining-philosophers/waiter.ts',
        '--only',
        'controlled',
        '--json',
      ],
      { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    command.stdout?.on('data', (text) => (output += text));
    let killed = 0;
    for (let i = 0; i < 400 && killed < 2 && command.exitCode === null; i++) {
      const worker = family(command.pid as number).filter((p) => p.command.includes('worker.js'))[3];
      if (worker) {
        await delay(150);
        try {
          process.kill(worker.pid, 'SIGKILL');
          killed++;
        } catch {
          break;
        }
      }
      await delay(50);
    }
    expect(killed).toBeGreaterThan(0);
    expect(await ended(command)).toBe(0);
    const verdict = JSON.parse(output);
    expect(verdict.verdict).toBe('accepted');
    expect(verdict.notes.join()).toMatch(/ended from outside/);
    expect(await allGone(family(command.pid as number).map((p) => p.pid))).toEqual([]);
  });
});
