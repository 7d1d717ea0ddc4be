import { afterAll, describe, expect, it } from 'vitest';
import { executed } from '../../harness/check/executed.ts';
import { guardOf } from '../../harness/check/guard.ts';
import { killedIn } from '../../harness/check/killed.ts';
import { foretold } from '../../harness/check/lock-order.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { parse } from '../../harness/schedule/schedule.ts';
import { KernelBench } from './locksmith.ts';

const bench = new KernelBench(['pthreadMutex', 'posixSemaphore']);
const mortal = new KernelBench(['pthreadMutex'], 'faults: { kills: 2 },');
afterAll(() => Promise.all([bench.close(), mortal.close()]));

it.each(['', '{ robust: true }'])('is unlocked by its holder only (pthreadMutex(%s))', async (options) => {
  await bench.plays(2, `{ l: pthreadMutex(${options}) }`, 'if (me.number === 0) shared.l.unlock();');
  expect(await bench.tellings(3)).toEqual(
    new Set(['misuse: unlock of a mutex that this process does not hold']),
  );
  await bench.plays(
    2,
    `{ l: pthreadMutex(${options}), s: posixSemaphore(0), t: posixSemaphore(0) }`,
    'const { l, s, t } = shared; if (me.number === 0) { l.lock(); s.post(); t.wait(); } else { s.wait(); l.unlock(); }',
  );
  expect(await bench.tellings(3)).toEqual(
    new Set(['misuse: unlock of a mutex that this process does not hold']),
  );
});

it('held by a process that has ended is left behind, and who waits for it waits for that process', async () => {
  await bench.plays(2, '{ l: pthreadMutex() }', 'if (me.number === 0) shared.l.lock();');
  expect(bench.controlled(1).judgement).toEqual({ kind: 'left-behind', object: 0, process: 0 });
  // The same memory is used again by the next run, whatever was left in it.
  await bench.plays(
    2,
    '{ l: pthreadMutex({ robust: true }), k: pthreadMutex({ robust: true }) }',
    'if (me.number === 0) { shared.l.lock(); shared.k.lock(); }',
  );
  for (let seed = 0; seed < 30; seed++) expect(bench.controlled(seed).judgement?.kind).toBe('left-behind');
});

it('that is taken in two orders foretells a deadlock, and guards what is read and written under it', async () => {
  await bench.plays(
    2,
    '{ a: pthreadMutex(), b: pthreadMutex() }',
    `const [x, y] = me.number === 0 ? [shared.a, shared.b] : [shared.b, shared.a];
     x.lock(); y.lock(); y.unlock(); x.unlock();`,
  );
  const one = bench.play({ mode: 'controlled', seed: 0, strategy: replay, moves: parse('v1 a4 b4').moves });
  expect(one.judgement).toBeUndefined();
  const schedules = foretold(bench.seen('controlled', one.outcome));
  const kinds = schedules.map(
    (moves) => bench.play({ mode: 'controlled', seed: 0, strategy: replay, moves }).judgement?.kind,
  );
  expect(kinds).toContain('deadlock');
  await bench.plays(
    2,
    '{ l: pthreadMutex(), n: int32(0) }',
    `const { l, n } = shared;
     l.lock(); n.value++; l.unlock(); if (me.number === 0) n.value++;`,
  );
  const raced = Array.from({ length: 20 }, (_, seed) => {
    const { outcome, judgement } = bench.controlled(seed);
    if (judgement?.kind !== 'race' || judgement.first === undefined || judgement.step === undefined)
      return undefined;
    const { first, step } = judgement;
    return guardOf(bench.seen('controlled', outcome), 1, first, step)?.object;
  });
  expect(raced).toContain(0);
});

describe('where its owner is killed', () => {
  const worker = `const { l, n } = shared;
    l.lock();
    if (l.ownerDied) { n[1] = n[0]; l.consistent(); }
    n[0]++; n[1]++;
    if (n[0] !== n[1]) me.tell(99);
    me.tell(n[0]);
    l.unlock();`;

  it.each([false, true])('a robust one tells the next owner (really killed: %s)', async (exact) => {
    await mortal.plays(4, '{ l: pthreadMutex({ robust: true }), n: int32Array(2) }', worker);
    let heirs = 0;
    for (let seed = 0; seed < (exact ? 4 : 80); seed++) {
      const { outcome, judgement } = mortal.controlled(seed);
      expect(judgement).toBeUndefined();
      expect(mortal.told('controlled', outcome)).not.toContain(99);
      if (mortal.steps(outcome).some((text) => text.endsWith('its owner has died'))) heirs++;
      const [first, again] = exact ? mortal.twice(outcome) : [0, 0];
      expect(again).toBe(first);
      if (exact) await mortal.ready();
    }
    expect(heirs).toBeGreaterThan(exact ? 0 : 15);
  });

  it('a robust one that is not made consistent is lost', async () => {
    await mortal.plays(
      4,
      '{ l: pthreadMutex({ robust: true }) }',
      'const { l } = shared; l.lock(); me.tell(1); l.unlock();',
    );
    const said = new Set<string | undefined>();
    for (let seed = 0; seed < 100; seed++) {
      const { judgement } = mortal.controlled(seed);
      if (judgement) said.add(`${judgement.kind}: ${judgement.detail}`);
    }
    expect([...said]).toEqual([
      'misuse: lock of a mutex that cannot be recovered: after the death of an owner it was unlocked without consistent()',
    ]);
  });

  it('another one is held for ever, and the dead holds it', async () => {
    await mortal.plays(3, '{ l: pthreadMutex() }', 'const { l } = shared; l.lock(); me.tell(1); l.unlock();');
    let deadlocks = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { outcome, judgement } = mortal.controlled(seed);
      if (judgement === undefined) continue;
      expect(judgement.kind).toBe('deadlock');
      const view = mortal.seen('controlled', outcome);
      expect(killedIn(view).length).toBeGreaterThan(0);
      const moves = executed(view);
      expect(mortal.play({ mode: 'controlled', seed: 0, strategy: replay, moves }).judgement?.kind).toBe(
        'deadlock',
      );
      deadlocks++;
    }
    expect(deadlocks).toBeGreaterThan(5);
  });
});
