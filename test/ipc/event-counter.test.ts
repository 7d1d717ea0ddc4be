import { afterAll, expect, it } from 'vitest';
import { KernelBench } from './locksmith.ts';

const bench = new KernelBench(['eventCounter']);
afterAll(() => bench.close());

it('gives all that was written, once', async () => {
  await bench.plays(
    3,
    '{ c: eventCounter({ initial: 5 }), sum: int32(0) }',
    `const { c } = shared;
     if (me.number < 2) { c.write(); c.write(7); c.write(2); }
     else for (let sum = 0; sum < 25; ) { sum += c.read(); if (sum >= 25) me.tell(sum); }`,
  );
  expect(await bench.tellings(15)).toEqual(new Set(['25']));
});

it('as a semaphore gives one at a time', async () => {
  await bench.plays(
    3,
    '{ c: eventCounter({ initial: 1, semaphore: true }) }',
    'const { c } = shared; if (me.number === 0) c.write(3); else { me.tell(c.read()); me.tell(c.read()); }',
  );
  expect(await bench.tellings(15)).toEqual(new Set(['1 1 1 1']));
});

it('waits while it is full, and holds 2^64 - 2', async () => {
  await bench.plays(
    2,
    '{ c: eventCounter() }',
    `const { c } = shared;
     const most = Number.MAX_SAFE_INTEGER;
     if (me.number === 0) for (let i = 0; i < 2049; i++) c.write(most);
     else for (let sum = 0; sum < 2049 * most * 0.99; ) { const n = c.read(); sum += n; }`,
  );
  for (let seed = 0; seed < 3; seed++) {
    const { outcome, judgement } = bench.controlled(seed);
    expect(judgement).toBeUndefined();
    void outcome;
  }
  await bench.plays(
    1,
    '{ c: eventCounter({ initial: 1 }) }',
    'const { c } = shared; for (let i = 0; i < 2049; i++) c.write(Number.MAX_SAFE_INTEGER);',
  );
  const { outcome, judgement } = bench.controlled(1);
  expect(judgement?.kind).toBe('deadlock');
  expect(bench.steps(outcome).at(-1)).toBe('a: c.write(much) has to wait');
  expect(bench.free(1).judgement?.kind).toBe('deadlock');
  await bench.ready();
});

it('keeps large numbers whole, and says what cannot be written', async () => {
  await bench.plays(
    1,
    '{ c: eventCounter({ initial: 4294967295 }) }',
    `const { c } = shared;
     me.tell(c.read() === 4294967295);
     c.write(2 ** 40 + 3); me.tell(c.read() === 2 ** 40 + 3);
     for (const n of [0, -1, 0.5, 2 ** 53, '1']) try { c.write(n); } catch (e) { me.tell(e instanceof RangeError ? 2 : 3); }
     c.close(); c.read();`,
  );
  expect(await bench.tellings(1)).toEqual(new Set(['misuse: read after this process has closed it (EBADF)']));
  expect(bench.told('controlled', bench.controlled(1).outcome)).toEqual([1, 1, 2, 2, 2, 2, 2]);
  await bench.plays(1, '{ c: eventCounter({ initial: -1 }) }', '');
  expect(bench.controlled(1).judgement?.detail).toMatch(/^RangeError: eventCounter/);
});
