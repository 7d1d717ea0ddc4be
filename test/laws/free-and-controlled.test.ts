import { afterAll, describe, expect, it } from 'vitest';
import { Ending } from '../../harness/process/control.ts';
import type { Outcome } from '../../harness/process/team.ts';
import { pct } from '../../harness/schedule/pct.ts';
import { lenientReplay } from '../../harness/schedule/replay.ts';
import { take } from '../../harness/schedule/schedule.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { solution, Workbench } from '../workbench.ts';
import { memoryOf } from './conformance.ts';

const bench = new Workbench();
afterAll(() => bench.close());

const cameTo = ({ ending }: Outcome): string =>
  `${ending === Ending.DEADLOCK ? 'deadlock' : ending === Ending.FINISHED ? '' : `ending ${ending}`}${memoryOf(bench)}`;

/** What controlled runs come to: at random, and with each process interrupted at each place. */
function controlled(processes: number): Set<string> {
  const came = new Set<string>();
  for (let seed = 0; seed < 1_500; seed++) {
    const strategy = seed % 2 ? uniform : pct;
    came.add(cameTo(bench.play({ mode: 'controlled', seed, strategy, length: 12 }).outcome));
  }
  const all = Array.from({ length: processes }, (_, p) => p);
  for (const first of all) {
    for (let steps = 0; steps < 20; steps++) {
      for (const second of all) {
        const moves = [take(first, steps), take(second, 99), ...all.map((p) => take(p, 99))];
        const order = { mode: 'controlled', seed: 0, strategy: lenientReplay, moves } as const;
        came.add(cameTo(bench.play(order).outcome));
      }
    }
  }
  return came;
}

/** What free runs come to: at full speed, with noise, on one processor. */
function free(runs: number): Set<string> {
  const came = new Set<string>();
  for (let seed = 0; seed < runs; seed++) {
    const together = seed % 5 === 4;
    if (seed % 5 === 0 || together) bench.spread(!together);
    const order = { mode: 'free', seed, strategy: uniform, noise: seed % 2 === 1, together } as const;
    came.add(cameTo(bench.play(order).outcome));
  }
  return came;
}

/** Small programs, and all that they can come to, counted by hand. */
const programs: readonly (readonly [
  name: string,
  share: string,
  worker: string,
  processes: number,
  can: readonly string[],
])[] = [
  ['two count up twice each', '{ n: int32(0) }', 'shared.n.value++; shared.n.value++;', 2, ['2', '3', '4']],
  ['three count up once each', '{ n: int32(0) }', 'shared.n.value++;', 3, ['1', '2', '3']],
  ['three count up in one step', '{ n: atomicInt32(0) }', 'shared.n.add(1);', 3, ['3']],
  [
    'one adds while the other doubles',
    '{ n: int32(1) }',
    'shared.n.value = me.number ? shared.n.value * 2 : shared.n.value + 3;',
    2,
    ['2', '4', '5', '8'],
  ],
  [
    'two look before they take the last one',
    '{ left: int32(1), took: int32Array(2) }',
    'if (shared.left.value > 0) { shared.left.value--; shared.took[me.number] = 1; }',
    2,
    ['0,0,1', '0,1,0', '0,1,1', '-1,1,1'],
  ],
  [
    'two lock two mutexes, each another one first',
    '{ a: mutex(), b: mutex(), done: atomicInt32(0) }',
    `const [x, y] = me.number ? [shared.b, shared.a] : [shared.a, shared.b];
     x.lock(); y.lock(); shared.done.add(1); y.unlock(); x.unlock();`,
    2,
    ['0,0,2', 'deadlock1,2,0'],
  ],
  [
    'a signal that may come too early',
    '{ m: mutex(), c: condition() }',
    'shared.m.lock(); if (me.number) shared.c.signal(); else shared.c.wait(shared.m); shared.m.unlock();',
    2,
    ['0,0', 'deadlock0,1'],
  ],
  [
    'two take a unit, by trying only',
    '{ s: semaphore(1), got: int32Array(2) }',
    'if (shared.s.tryWait()) shared.got[me.number] = 1;',
    2,
    ['0,0,1', '0,1,0'],
  ],
];

describe('what free runs come to, controlled runs find:', () => {
  it.each(programs)('%s', async (_, share, worker, processes, can) => {
    await bench.use(solution(share, worker), { processes });
    const possible = [...controlled(processes)].sort();
    expect(possible).toEqual([...can].sort());
    for (const came of free(300)) expect(possible).toContain(came);
  });
  it('and free runs do come to more than one thing: they are no formality', async () => {
    await bench.use(solution('{ n: int32(0) }', 'for (let i = 0; i < 200; i++) shared.n.value++;'), {
      processes: 3,
    });
    expect(free(60).size).toBeGreaterThan(1);
  });
});
