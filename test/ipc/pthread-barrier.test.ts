import { afterAll, expect, it } from 'vitest';
import { KernelBench } from './locksmith.ts';

const bench = new KernelBench(['pthreadBarrier']);
afterAll(() => bench.close());

it('lets nobody go before all have come, round after round, and tells one of them', async () => {
  await bench.plays(
    3,
    '{ b: pthreadBarrier(3), here: int32Array(3) }',
    `const { b, here } = shared;
     for (let round = 1; round <= 3; round++) {
       here[me.number] = round;
       const serial = b.wait();
       if (here.some((r) => r !== round)) me.tell(99);
       if (serial) me.tell(round);
       b.wait();
     }`,
  );
  expect(await bench.tellings(15)).toEqual(new Set(['1 2 3']));
  const [first, again] = bench.twice(bench.controlled(1).outcome);
  expect(again).toBe(first);
});

it('waits for ever where too few come, and says what it cannot be made for', async () => {
  await bench.plays(2, '{ b: pthreadBarrier(3) }', 'shared.b.wait();');
  expect(bench.controlled(1).judgement?.kind).toBe('deadlock');
  expect(bench.free(1, false).judgement?.kind).toBe('deadlock');
  await bench.ready();
  for (const parties of ['0', '-1', '1.5', '65536']) {
    await bench.plays(1, `{ b: pthreadBarrier(${parties}) }`, '');
    expect(bench.controlled(1).judgement?.detail).toMatch(/^RangeError: pthreadBarrier/);
  }
});
