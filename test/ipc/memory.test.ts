import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Ending } from '../../harness/process/control.ts';
import { Stage } from './stage.ts';

const kinds = ['posixSharedMemory', 'sysvSharedMemory', 'mappedFile'] as const;
const stage = new Stage(...kinds);
afterAll(() => stage.close());
beforeEach(() => stage.ready());

/** Segments of System V on this machine, by key and id. */
const segments = (): string[] =>
  readFileSync('/proc/sysvipc/shm', 'latin1')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).slice(0, 2).join(' '));

/** Where the memory of each kind is seen from outside, while it is mapped (proc_pid_maps(5)). */
const inMaps = { posixSharedMemory: 'dev/shm/interleave-', sysvSharedMemory: '/SYSV', mappedFile: '/memory' };

describe.each(kinds)('memory by %s', (kind) => {
  it('is seen by all, is all 0 at the beginning of each run, and forgets what the last run wrote', async () => {
    const worker = `
      const { m } = shared;
      if (me.number === 0) { m[0] = 7; m[9] = -11; shared.s.post(); }
      else { me.tell(m[5]); shared.s.wait(); me.tell(m[0] + m[9]); m[5] = 1; }`;
    await stage.load(`{ m: ${kind}(10), s: semaphore(0) }`, worker);
    for (let seed = 0; seed < 20; seed++) expect(stage.controlled(seed).told[1]).toEqual([0, -4]);
    for (let seed = 0; seed < 5; seed++) expect(stage.free(seed).told[1]).toEqual([0, -4]);
  });

  it('is real: the kernel lists it in the maps of a process that has it', async () => {
    await stage.load(`{ m: ${kind}(10) }`, 'shared.m[0] = me.number; sleep(1_500);', 1);
    const looks = `
      const { readFileSync } = require('node:fs');
      console.log('looks');
      while (!readFileSync('/proc/${stage.team.pids[0]}/maps', 'latin1').includes('${inMaps[kind]}'));`;
    const watcher = spawn(process.execPath, ['-e', looks], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(watcher.stdout, 'data');
      for (let run = 0; run < 10 && watcher.exitCode === null; run++) {
        expect(stage.free().outcome.ending).toBe(Ending.FINISHED);
        await new Promise((done) => setTimeout(done, 10)); // to hear of its end
      }
      expect(watcher.exitCode).toBe(0);
    } finally {
      watcher.kill('SIGKILL');
    }
  });

  it('is found to be raced for, as any memory is', async () => {
    await stage.load(`{ m: ${kind}(1) }`, 'shared.m[0]++;');
    expect(stage.controlled(1).judgement).toMatchObject({ kind: 'race' });
  });

  it('ends at its last element', async () => {
    await stage.load(`{ m: ${kind}(3) }`, 'shared.m[3] = 1;');
    expect(stage.controlled(1).judgement).toMatchObject({ kind: 'misuse' });
  });

  it('replays exactly, and leaves no page, no descriptor and no segment behind', async () => {
    await stage.load(
      `{ a: ${kind}(70_000 - 5_000), b: ${kind}(1), n: int32() }`,
      'shared.b[0]; shared.n.value;',
    );
    const open = stage.openFiles();
    const there = segments();
    for (let seed = 0; seed < 20; seed++) expect(stage.replayed(stage.controlled(seed))).toBeUndefined();
    stage.free();
    expect(stage.openFiles()).toEqual(open);
    expect(segments()).toEqual(there);
    for (const pid of stage.team.pids) {
      expect(readFileSync(`/proc/${pid}/maps`, 'latin1')).not.toContain(inMaps[kind]);
    }
    expect(readdirSync('/dev/shm').filter((name) => name.includes(`interleave-${process.pid}`))).toEqual([]);
  });

  it.each([0, 65_537, 1.5])('cannot have %s elements', async (length) => {
    await stage.load(`{ m: ${kind}(${length}) }`, '');
    expect(stage.controlled(1).judgement).toMatchObject({ kind: 'crash' });
  });
});
