import { spawn } from 'node:child_process';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { eachEvent, KILLED } from '../../harness/check/run-view.ts';
import { inOneNumber, inWords } from '../../harness/ipc/semaphore-changes.ts';
import { removeSet } from '../../harness/os/sysv-semaphore.ts';
import { inOwnProcess } from '../own-process.ts';
import { KernelBench, leftovers } from './locksmith.ts';

const bench = new KernelBench(['sysvSemaphore']);
const mortal = new KernelBench(['sysvSemaphore'], 'faults: { kills: 1 },');
afterAll(() => Promise.all([bench.close(), mortal.close()]));

it('takes several semaphores in one step or none: philosophers need nothing else', async () => {
  await bench.plays(
    4,
    '{ forks: sysvSemaphore([1, 1, 1, 1]), eating: int32Array(4) }',
    `const { forks, eating } = shared;
     const left = me.number, right = (me.number + 1) % 4;
     for (let meal = 0; meal < 2; meal++) {
       forks.semop([[left, -1], [right, -1]]);
       eating[left]++; eating[right]++;
       if (eating[left] !== 1 || eating[right] !== 1) me.tell(99);
       eating[left]--; eating[right]--;
       forks.semop([[left, 1], [right, 1]]);
     }`,
  );
  expect(await bench.tellings(20)).toEqual(new Set(['']));
  await bench.plays(
    2,
    '{ s: sysvSemaphore([1, 0]) }',
    'const { s } = shared; if (me.number === 0) me.tell(s.trySemop([[0, -1], [1, -1]])); else s.semop([[0, -1]]);',
  );
  // Had it taken the one that was there, the other process would wait for ever.
  expect(await bench.tellings(10)).toEqual(new Set(['0']));
});

it('waits for zero', async () => {
  await bench.plays(
    3,
    '{ s: sysvSemaphore([2]), n: int32Array(2) }',
    `const { s, n } = shared;
     if (me.number < 2) { n[me.number] = 1; s.semop([[0, -1]]); }
     else { s.semop([[0, 0]]); me.tell(n[0] + n[1]); }`,
  );
  expect(await bench.tellings(15)).toEqual(new Set(['2']));
});

it('tells what is wrong: past the maximum, a semaphore that is not there, no list', async () => {
  await bench.plays(
    1,
    '{ s: sysvSemaphore([32767, 0]) }',
    `const { s } = shared;
     for (const changes of [[[0, 1]], [[2, 1]], [[0, 0.5]], [], [[0, 40000]], [0, -1], { map: () => [[0, 1]] }]) {
       try { s.semop(changes); me.tell(9); }
       catch (e) { me.tell(e.code === 'ERANGE' ? 1 : e instanceof RangeError ? 2 : e.message.includes('[[0, -1]]') ? 3 : 8); }
     }
     me.tell(s.value(0) - 32767);`,
  );
  expect(await bench.tellings(1)).toEqual(new Set(['0 1 2 2 2 2 3 3']));
  for (const units of ['[]', '[-1]', '[32768]', 'Array(33).fill(0)']) {
    await bench.plays(1, `{ s: sysvSemaphore(${units}) }`, '');
    expect(bench.controlled(1).judgement?.detail).toMatch(/^RangeError: sysvSemaphore/);
  }
});

describe('with undo', () => {
  const worker = `const { s } = shared;
    if (me.number === 0) { s.semop([[0, -1]], { undo: true }); s.semop([[0, 1]], { undo: true }); s.semop([[0, -1]], { undo: true }); }
    else { s.semop([[0, -1]], { undo: true }); s.semop([[0, 1]]); me.tell(1); }`;

  it('the end of a process gives back what it took', async () => {
    await bench.plays(2, '{ s: sysvSemaphore([1]) }', worker.replace('s.semop([[0, 1]]);', ''));
    expect(await bench.tellings(15)).toEqual(new Set(['1']));
    await bench.plays(
      1,
      '{ s: sysvSemaphore([1, 0]) }',
      'shared.s.semop([[0, -1], [1, 1]], { undo: true }); shared.s.trySemop([[0, -1]]);',
    );
    expect(bench.steps(bench.controlled(1).outcome)).toEqual([
      'a: s.semop([[0, -1], [1, 1]])',
      'a: s.trySemop([[0, -1]]) → false',
      'a: s: what it took and gave is undone',
    ]);
  });

  it.each([false, true])('so does its death (really killed: %s)', async (exact) => {
    const code =
      'const { s } = shared; s.semop([[0, -1]], { undo: true }); me.tell(1); s.semop([[0, 1]], { undo: true });';
    await mortal.plays(3, '{ s: sysvSemaphore([1]) }', code);
    let deaths = 0;
    for (let seed = 0; seed < (exact ? 5 : 100); seed++) {
      const { outcome, judgement } = mortal.controlled(seed);
      expect(judgement).toBeUndefined();
      const [first, again] = exact ? mortal.twice(outcome) : [0, 0];
      expect(again).toBe(first);
      eachEvent(mortal.seen('controlled', outcome), (_p, event) => {
        if (event === KILLED) deaths++;
        return false;
      });
      if (exact) await mortal.ready();
    }
    expect(deaths).toBeGreaterThan(exact ? 0 : 30);
  });
});

it('goes on with a call that was interrupted', async () => {
  await bench.plays(
    2,
    '{ s: sysvSemaphore([0]) }',
    'const { s } = shared; if (me.number === 0) { sleep(400); s.semop([[0, 1]]); } else { s.semop([[0, -1]]); me.tell(1); }',
  );
  bench.controlled(1);
  // semop(2) fails with EINTR when a process goes on after it was stopped (signal(7)).
  const [, waiting] = bench.team.pids;
  const twice = `kill -STOP ${waiting}; kill -CONT ${waiting}; sleep 0.05; `;
  const stops = spawn('sh', ['-c', `sleep 0.1; ${twice.repeat(4)}`]);
  const { outcome, judgement } = bench.free(1, false);
  expect(judgement).toBeUndefined();
  expect(bench.told('free', outcome)).toEqual([1]);
  await new Promise((done) => stops.once('exit', done));
});

it('makes the changes that it was given when it was called, whatever a list of its own says afterwards', async () => {
  await bench.plays(
    1,
    '{ s: sysvSemaphore([1, 5]) }',
    `const { s } = shared;
     class Sly extends Array {
       static get [Symbol.species]() { return Sly; }
       entries() { s.semop([[1, -1]]); return [[0, [1, -5]]][Symbol.iterator](); }
     }
     s.semop(Sly.from([[0, -1]]), { undo: true });
     me.tell(s.value(0)); me.tell(10 + s.value(1));`,
  );
  expect(await bench.tellings(2)).toEqual(new Set(['0 15']));
});

it('is one of 64 sets of 32, whatever it takes to ask for them', async () => {
  await bench.plays(
    2,
    '{ all: Array.from({ length: 64 }, () => sysvSemaphore(Array(32).fill(7))) }',
    'me.tell(shared.all[63].value(31));',
  );
  expect(await bench.tellings(1)).toEqual(new Set(['7 7']));
});

it('is removed after the run', async () => {
  await bench.plays(1, '{ s: sysvSemaphore([1]) }', 'shared.s.semop([[0, -1]]);');
  expect(await bench.tellings(3)).toEqual(new Set(['']));
  expect(leftovers()).toEqual([]);
});

it('is only looked at by a confined process, and operated on: no set of somebody else is removed or changed', () => {
  const code = `
    import { confine } from './harness/os/confine.ts';
    import { errno, errorName, inC } from './harness/os/libc.ts';
    import { createSet, removeSet, setCalls } from './harness/os/sysv-semaphore.ts';
    const id = createSet([3]);
    const call = inC('int semctl(int id, int semaphore, int command, ...)');
    const failed = (command, value) => (call(id, 0, command, 'int', value) < 0 ? errorName(errno()) : 'done');
    const early = failed(16, 2);
    if (confine()) console.log(JSON.stringify({ id, early, set: failed(16, 7), remove: failed(0, 0), value: setCalls(0).semGetValue(id, 0) }));
  `;
  const { stdout } = inOwnProcess(code);
  if (stdout === '') return; // this kernel has no filter
  const { id, ...found } = JSON.parse(stdout) as { id: number };
  removeSet(id);
  expect(found).toEqual({ early: 'done', set: 'EPERM', remove: 'EPERM', value: 2 });
});

it('writes up to three small changes into a trace', () => {
  const change = fc.tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: -16, max: 15 }));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const packed = inOneNumber(changes);
      expect(packed).toBe(packed | 0);
      expect(inWords(packed)).toBe(`[${changes.map(([n, by]) => `[${n}, ${by}]`).join(', ')}]`);
    }),
  );
  expect(inWords(inOneNumber([[0, 16]]))).toBe('…');
  expect(
    inWords(
      inOneNumber([
        [0, 1],
        [1, 1],
        [2, 1],
        [3, 1],
      ]),
    ),
  ).toBe('…');
});
