import { afterAll, expect, it } from 'vitest';
import { KernelBench } from './locksmith.ts';

const bench = new KernelBench(['pthreadMutex', 'pthreadCondition', 'posixSemaphore']);
afterAll(() => bench.close());

const share = '{ m: pthreadMutex(), c: pthreadCondition(), n: int32(0), s: posixSemaphore(0) }';

it.each(['pthreadMutex()', 'pthreadMutex({ robust: true })'])(
  'hands things on through one place: nothing lost, nothing doubled (%s)',
  async (mutex) => {
    await bench.plays(
      4,
      `{ m: ${mutex}, c: pthreadCondition(), n: int32(0) }`,
      `const { m, c, n } = shared;
     for (let i = 0; i < 2; i++) {
       m.lock();
       if (me.number < 2) { while (n.value !== 0) c.wait(m); n.value = 1 + me.number * 2 + i; }
       else { while (n.value === 0) c.wait(m); me.tell(n.value); n.value = 0; }
       c.broadcast();
       m.unlock();
     }`,
    );
    expect(await bench.tellings(15)).toEqual(new Set(['1 2 3 4']));
    const { outcome } = bench.controlled(99);
    const [first, again] = bench.twice(outcome);
    expect(again).toBe(first);
  },
);

it('wakes one by a signal and all by a broadcast', async () => {
  for (const [wake, woken] of [
    ['signal', 1],
    ['broadcast', 2],
  ] as const) {
    await bench.plays(
      3,
      share,
      `const { m, c, n, s } = shared;
       m.lock();
       if (me.number < 2) { n.value++; c.wait(m); me.tell(1); m.unlock(); }
       else {
         while (n.value < 2) { m.unlock(); sleep(1); m.lock(); }
         c.${wake}(); m.unlock();
       }`,
    );
    for (let seed = 1; seed <= 10; seed++) {
      // A deadlock in a free run costs the processes of the team: once will do.
      const modes = seed > 1 && woken === 1 ? (['controlled'] as const) : (['controlled', 'free'] as const);
      for (const mode of modes) {
        const { outcome, judgement } = bench[mode](seed);
        expect(judgement?.kind).toBe(woken === 1 ? 'deadlock' : undefined);
        expect(bench.told(mode, outcome)).toHaveLength(woken);
        await bench.ready();
      }
    }
  }
});

it('keeps no signal for who comes later', async () => {
  await bench.plays(
    2,
    share,
    'const { m, c } = shared; m.lock(); if (me.number === 0) c.wait(m); else c.signal(); m.unlock();',
  );
  const kinds = new Set(Array.from({ length: 20 }, (_, seed) => bench.controlled(seed).judgement?.kind));
  expect(kinds).toEqual(new Set([undefined, 'deadlock']));
});

it('gives up where it waits for a time, and holds the mutex again', async () => {
  await bench.plays(1, share, 'const { m, c } = shared; m.lock(); me.tell(c.timedWait(m, 20)); m.unlock();');
  expect(await bench.tellings(3)).toEqual(new Set(['0']));
  await bench.plays(
    2,
    share,
    `const { m, c, n } = shared; m.lock();
     if (me.number === 0) { let woken = 1; while (n.value === 0 && woken) woken = c.timedWait(m, 60000); me.tell(woken); }
     else { n.value = 1; c.signal(); }
     m.unlock();`,
  );
  expect(bench.told('free', bench.free(1).outcome)).toEqual([1]);
  const ways = new Set(
    Array.from({ length: 30 }, (_, seed) => bench.told('controlled', bench.controlled(seed).outcome)[0]),
  );
  expect(ways).toEqual(new Set([0, 1]));
});

it('is waited at with its mutex in hand, and with nothing else', async () => {
  await bench.plays(1, share, 'shared.c.wait(shared.m);');
  expect(await bench.tellings(2)).toEqual(new Set(['misuse: wait on a condition without holding its mutex']));
  await bench.plays(1, `{ m: mutex(), c: pthreadCondition() }`, 'shared.m.lock(); shared.c.wait(shared.m);');
  expect(await bench.tellings(2)).toEqual(
    new Set(['misuse: wait without a mutex: pass the pthreadMutex that guards the predicate']),
  );
});

it('is told step by step', async () => {
  await bench.plays(
    2,
    share,
    'const { m, c, s } = shared; m.lock(); if (me.number === 0) { s.post(); c.wait(m); m.unlock(); } else { s.wait(); c.signal(); m.unlock(); }',
  );
  let steps: string[] = [];
  for (let seed = 0; steps.length < 11; seed++) steps = bench.steps(bench.controlled(seed).outcome);
  expect(steps.filter((text) => !text.includes('s.'))).toEqual(
    expect.arrayContaining([
      'a: c.wait()',
      'a: m.unlock()',
      'b: c.signal()',
      'a: is woken at c',
      'a: m.lock()',
    ]),
  );
});
