import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { foretold } from '../../harness/check/lock-order.ts';
import { hunt } from '../../harness/hunt/hunt.ts';
import { lenientReplay } from '../../harness/schedule/replay.ts';
import { solution, Workbench } from '../workbench.ts';

const bench = new Workbench();
afterAll(() => bench.close());
beforeEach(() => bench.ready());

async function use(share: string, ...processes: string[]): Promise<void> {
  const text = processes.map((own, p) => `if (me.number === ${p}) { ${own} }`).join('\n');
  await bench.use(solution(share, `const s = shared;\n${text}`), { processes: processes.length });
}

/** How many schedules are foretold by the run in which one goes after the other. */
function schedules(): number {
  const { outcome } = bench.play({ mode: 'controlled', seed: 0, strategy: lenientReplay, moves: [] });
  return foretold(bench.seen('controlled', outcome)).length;
}

const item = () => ({ case: bench.case, schedules: 1, seed: 3 });
const two = (a: string, b: string) => `s.${a}.lock(); s.${b}.lock(); s.${b}.unlock(); s.${a}.unlock();`;
const LOCKS = '{ a: mutex(), b: mutex(), c: mutex(), gate: mutex() }';
const long = 'for (let i = 0; i < 200; i++) me.think();';

describe('locks in different orders', () => {
  it('foretell a deadlock that a single schedule would hardly meet, and it is played', async () => {
    await use(LOCKS, `${long} ${two('a', 'b')} ${long}`, `${two('b', 'a')} ${long}`);
    const found = await hunt(bench, item());
    expect(found).toMatchObject({ strategy: 'lock-order', failure: { key: 'deadlock|' } });
  });
  it('foretell a circle of three', async () => {
    await use(LOCKS, two('a', 'b'), two('b', 'c'), two('c', 'a'));
    expect((await hunt(bench, item())).strategy).toBe('lock-order');
  });
  it('foretell one of semaphores that are used as locks', async () => {
    const order = (a: string, b: string) => `s.${a}.wait(); s.${b}.wait(); s.${b}.post(); s.${a}.post();`;
    await use('{ a: semaphore(1), b: semaphore(1) }', order('a', 'b'), order('b', 'a'));
    expect((await hunt(bench, item())).strategy).toBe('lock-order');
  });
  it('foretell nothing under one gate, in one order, or of one process', async () => {
    const gated = (a: string, b: string) => `s.gate.lock(); ${two(a, b)} s.gate.unlock();`;
    for (const roles of [
      [gated('a', 'b'), gated('b', 'a')],
      [two('a', 'b'), two('a', 'b')],
      [two('a', 'b') + two('b', 'a')],
    ]) {
      await use(LOCKS, ...roles);
      expect(schedules()).toBe(0);
    }
  });
  it('are not told of where the circle cannot close', async () => {
    const wait = 's.done.wait();';
    await use(
      `{ a: mutex(), b: mutex(), done: semaphore(0) }`,
      `${two('a', 'b')} s.done.post();`,
      wait + two('b', 'a'),
    );
    expect(schedules()).toBeGreaterThan(0);
    expect((await hunt(bench, item())).failure).toBeUndefined();
  });
});
