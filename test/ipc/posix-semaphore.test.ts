import { afterAll, expect, it } from 'vitest';
import { KernelBench } from './locksmith.ts';

const bench = new KernelBench(['posixSemaphore']);
afterAll(() => bench.close());

it.each(['', ', { named: true }'])(
  'hands on as many units as were posted (posixSemaphore(2%s))',
  async (named) => {
    await bench.plays(
      4,
      `{ s: posixSemaphore(2${named}) }`,
      'const { s } = shared; if (me.number < 2) { s.post(); s.post(); } else { s.wait(); s.wait(); s.wait(); }',
    );
    expect(await bench.tellings(15)).toEqual(new Set(['']));
    await bench.plays(
      3,
      `{ s: posixSemaphore(2${named}) }`,
      'const { s } = shared; if (me.number === 0) s.post(); else { s.wait(); s.wait(); }',
    );
    for (let seed = 1; seed < 10; seed++) expect(bench.controlled(seed).judgement?.kind).toBe('deadlock');
  },
);

it('shows its units, refuses to go past 2^31 - 1, and says what is wrong with a count', async () => {
  await bench.plays(
    1,
    '{ s: posixSemaphore(2147483646) }',
    `const { s } = shared;
     me.tell(s.value - 2147483646); s.post(); me.tell(s.value === 2147483647);
     try { s.post(); } catch (e) { me.tell(e.code === 'EOVERFLOW' ? 7 : 8); }
     me.tell(s.value === 2147483647);`,
  );
  expect(await bench.tellings(2)).toEqual(new Set(['0 1 1 7']));
  for (const count of ['-1', '0.5', '2 ** 31', '"1"']) {
    await bench.plays(1, `{ s: posixSemaphore(${count}) }`, '');
    expect(bench.controlled(1).judgement?.detail).toMatch(
      /^RangeError: posixSemaphore\(.*a whole number from 0/,
    );
  }
});

it('gives up where it waits for a time, and can be given up at any step of a controlled run', async () => {
  await bench.plays(
    2,
    '{ s: posixSemaphore(0) }',
    'const { s } = shared; if (me.number === 0) s.post(); else me.tell(s.timedWait(60000));',
  );
  expect(bench.told('free', bench.free(1).outcome)).toEqual([1]);
  const ways = new Set(
    Array.from({ length: 20 }, (_, seed) => bench.told('controlled', bench.controlled(seed).outcome)[0]),
  );
  expect(ways).toEqual(new Set([0, 1]));
  await bench.plays(1, '{ s: posixSemaphore(0) }', 'me.tell(shared.s.timedWait(20));');
  expect(await bench.tellings(2)).toEqual(new Set(['0']));
});

it('is told step by step', async () => {
  await bench.plays(
    1,
    '{ s: posixSemaphore(1) }',
    'const { s } = shared; me.tell(s.tryWait()); s.tryWait(); s.timedWait(5); s.post(); s.value; s.wait(); s.wait();',
  );
  const { outcome, judgement } = bench.controlled(1);
  expect(judgement?.kind).toBe('deadlock');
  expect(bench.steps(outcome)).toEqual([
    'a: s.tryWait() → true',
    'a: tells 1',
    'a: s.tryWait() → false',
    'a: s.timedWait() times out',
    'a: s.post()',
    'a: s.value = 1',
    'a: s.wait()',
    'a: s.wait() has to wait',
  ]);
});
