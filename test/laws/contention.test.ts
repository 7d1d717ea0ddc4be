import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Ending } from '../../harness/process/control.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { solution, Workbench } from '../workbench.ts';
import { cameToFree } from './conformance.ts';

const bench = new Workbench();
afterAll(() => bench.close());

const PROCESSES = 3;
const RUNS = 40;

/**
 * Plays a solution freely: at full speed, with noise, and on one processor. Returns everything that runs came to: how
 * they ended, what was told, what was left in memory.
 */
async function outcomes(share: string, worker: string, runs = RUNS): Promise<Set<string>> {
  await bench.use(solution(share, worker), { processes: PROCESSES });
  const came = new Set<string>();
  for (let seed = 0; seed < runs; seed++) {
    const together = seed % 3 === 2;
    bench.spread(!together);
    const order = { mode: 'free', seed, strategy: uniform, noise: seed % 4 === 3, together } as const;
    came.add(cameToFree(bench, PROCESSES, bench.play(order).outcome));
  }
  return came;
}

const finished = (...memory: number[]): Set<string> =>
  new Set([`FINISHED ${JSON.stringify([[[], [], []], memory.map((word) => [word])])}`]);

/** Everyone counts up 300 times, each time in a section that must exclude the others. */
const counting = (enter: string, leave: string): string =>
  `for (let i = 0; i < 300; i++) { ${enter}; shared.count.value++; ${leave}; }`;
const COUNTED = 300 * PROCESSES;

/** A turn goes round 200 times; whoever has it passes it on. */
const round = (wait: string, pass: string): string => `
  const next = (me.number + 1) % ${PROCESSES};
  for (let i = 0; i < 200; i++) { ${wait}; shared.count.value++; ${pass}; }`;
const ROUNDS = 200 * PROCESSES;

describe('nothing is lost under contention at full speed:', () => {
  beforeEach(() => bench.ready());

  it.each([
    ['lock', 'lock()'],
    ['tryLock in a loop', 'for (; !shared.it.tryLock();) sleep(0)'],
    ['timedLock, again and again', 'for (; !shared.it.timedLock(1););'],
  ])('a mutex excludes by %s', async (_, call) => {
    const enter = call.startsWith('for') ? call : `shared.it.${call}`;
    expect(await outcomes('{ it: mutex(), count: int32(0) }', counting(enter, 'shared.it.unlock()'))).toEqual(
      finished(0, COUNTED),
    );
  });
  it.each(
    ['barging', 'handoff', 'fifo'].flatMap((strength) =>
      ['shared.it.wait()', 'for (; !shared.it.tryWait();) sleep(0)', 'for (; !shared.it.timedWait(1););'].map(
        (enter) => [strength, enter],
      ),
    ),
  )('a %s semaphore of one unit excludes: %s', async (strength, enter) => {
    const share = `{ it: semaphore(1, { strength: '${strength}' }), count: int32(0) }`;
    expect(await outcomes(share, counting(enter, 'shared.it.post()'))).toEqual(finished(1, COUNTED));
  });
  it('writers exclude each other and all readers', async () => {
    const worker = `for (let i = 0; i < 300; i++) {
      if (me.number === 0 && i % 2) { shared.it.readLock(); if (shared.a.value !== shared.b.value) me.tell(1); }
      else { shared.it.writeLock(); shared.a.value++; shared.b.value++; }
      shared.it.unlock();
    }`;
    expect(await outcomes('{ it: rwlock(), a: int32(0), b: int32(0) }', worker)).toEqual(
      finished(0, COUNTED - 150, COUNTED - 150),
    );
  });
  it('atomic additions, exchanges and comparisons lose nothing', async () => {
    const worker = `for (let i = 0; i < 1000; i++) {
      shared.a.add(1);
      for (let v = shared.b.load(); !shared.b.compareAndSet(v, v + 1); v = shared.b.load());
    }`;
    expect(await outcomes('{ a: atomicInt32(), b: atomicInt32() }', worker)).toEqual(finished(3000, 3000));
  });
  it('a counter that nobody protects does lose: this is how it would look', async () => {
    const came = await outcomes('{ it: mutex(), count: int32(0) }', counting('', ''));
    expect(came).not.toEqual(finished(0, COUNTED));
  });

  it.each(['barging', 'handoff', 'fifo'])('a turn goes round by %s semaphores', async (strength) => {
    const one = (units: number) => `semaphore(${units}, { strength: '${strength}' })`;
    const share = `{ a: ${one(1)}, b: ${one(0)}, c: ${one(0)}, count: int32(0) }`;
    const worker = `const all = [shared.a, shared.b, shared.c];
      ${round('all[me.number].wait()', 'all[next].post()')}`;
    expect(await outcomes(share, worker)).toEqual(finished(1, 0, 0, ROUNDS));
  });
  it.each(['signal', 'broadcast'])('a turn goes round by a condition and %s', async (wake) => {
    // A signal wakes any one: with three at one condition it must be a broadcast, or a condition for each.
    const conditions =
      wake === 'signal' ? 'a: condition(), b: condition(), c: condition()' : 'a: condition()';
    const share = `{ ${conditions}, m: mutex(), turn: int32(0), count: int32(0) }`;
    const worker = `const all = [shared.a, shared.b ?? shared.a, shared.c ?? shared.a];
      ${round(
        'shared.m.lock(); while (shared.turn.value !== me.number) all[me.number].wait(shared.m)',
        `shared.turn.value = next; all[next].${wake}(); shared.m.unlock()`,
      )}`;
    const zeros = wake === 'signal' ? [0, 0, 0] : [0];
    expect(await outcomes(share, worker)).toEqual(finished(...zeros, 0, 0, ROUNDS));
  });
  it('a turn goes round by timed waits at a condition, whose time-outs lose no signal', async () => {
    const share = '{ a: condition(), m: mutex(), turn: int32(0), count: int32(0) }';
    const worker = round(
      'shared.m.lock(); while (shared.turn.value !== me.number) shared.a.timedWait(shared.m, 1)',
      'shared.turn.value = next; shared.a.signal(); shared.m.unlock()',
    );
    expect(await outcomes(share, worker, 8)).toEqual(finished(0, 0, 0, ROUNDS));
  });
  it('a turn goes round by events that reset themselves', async () => {
    const one = (set: boolean) => `event({ automatic: true, set: ${set} })`;
    const share = `{ a: ${one(true)}, b: ${one(false)}, c: ${one(false)}, count: int32(0) }`;
    const worker = `const all = [shared.a, shared.b, shared.c];
      ${round('all[me.number].wait()', 'all[next].set()')}`;
    expect(await outcomes(share, worker)).toEqual(finished(1, 0, 0, ROUNDS));
  });
  it('a barrier lets nobody run ahead, one in each round is told, and latches open for all', async () => {
    const worker = `for (let i = 1; i <= 200; i++) {
      shared.came.add(1);
      if (shared.it.wait()) shared.told.value++;
      if (shared.came.load() < i * ${PROCESSES}) me.tell(i);
    }
    shared.gate.countDown();
    shared.gate.wait();
    if (shared.came.load() !== ${ROUNDS}) me.tell(0);`;
    const share = `{ it: barrier(${PROCESSES}), came: atomicInt32(), told: int32(0), gate: latch(${PROCESSES}) }`;
    expect(await outcomes(share, worker)).toEqual(finished(200 << 16, ROUNDS, 200, 0));
  });
  it('one who looks at a cell in a loop sees what another one writes', async () => {
    const worker = `if (me.number === 0) { sleep(1); shared.flag.value = true; shared.list[1] = 5; }
      else if (me.number === 1) while (!shared.flag.value);
      else while (shared.list[1] !== 5);`;
    expect(await outcomes('{ flag: bool(), list: int32Array(3) }', worker)).toEqual(
      new Set([
        `FINISHED ${JSON.stringify([
          [[], [], []],
          [[1], [0, 5, 0]],
        ])}`,
      ]),
    );
  });
});

describe('a deadlock at full speed', () => {
  it.each([
    [
      'two who lock in another order',
      '{ a: mutex(), b: mutex() }',
      `const [x, y] = me.number ? [shared.a, shared.b] : [shared.b, shared.a];
      x.lock(); sleep(5); y.lock(); y.unlock(); x.unlock();`,
    ],
    ['one who waits for a unit that nobody posts', '{ s: semaphore(2) }', 'shared.s.wait();'],
    [
      'one who waits for a signal that came before',
      '{ m: mutex(), c: condition() }',
      'shared.m.lock(); if (me.number === 2) shared.c.broadcast(); else shared.c.wait(shared.m); shared.m.unlock(); if (me.number === 2) { shared.m.lock(); shared.c.wait(shared.m); }',
    ],
    ['a barrier for more than there are', '{ b: barrier(4) }', 'shared.b.wait();'],
  ])('is seen within 50 ms of the last one blocking: %s', async (_, share, worker) => {
    await bench.use(solution(share, worker), { processes: PROCESSES });
    bench.spread(true);
    const took: number[] = [];
    for (let seed = 0; seed < 8; seed++) {
      const began = performance.now();
      const { outcome } = bench.play({ mode: 'free', seed, strategy: uniform });
      took.push(performance.now() - began);
      expect(outcome.ending).toBe(Ending.DEADLOCK);
    }
    // The fastest of them: the machine may be busy with other things, a bare time-out is never that fast.
    expect(Math.min(...took)).toBeLessThan(50);
  });
  it('is not seen where one sleeps, computes or waits with a time-out meanwhile', async () => {
    const worker = `if (me.number === 0) { sleep(80); shared.a.post(); }
      else if (me.number === 1) { let x = 0; for (let i = 0; i < 20_000_000; i++) x += i; shared.b.post(); if (shared.never.timedWait(60)) me.tell(1); }
      else { shared.a.wait(); shared.b.wait(); }`;
    expect(await outcomes('{ a: semaphore(0), b: semaphore(0), never: semaphore(0) }', worker, 8)).toEqual(
      finished(0, 0, 0),
    );
  });
});
