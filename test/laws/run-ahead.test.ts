import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Ending } from '../../harness/process/control.ts';
import { parking } from '../../harness/schedule/parking.ts';
import { pct } from '../../harness/schedule/pct.ts';
import { roundRobin } from '../../harness/schedule/round-robin.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { compiled, onOneProcessor, records, solution, Workbench } from '../workbench.ts';
import { programs, textOf } from './program.ts';

onOneProcessor();
const bench = new Workbench();
afterAll(() => bench.close());
const strategies = [uniform, pct, roundRobin, parking];

/** The run of each strategy, as bytes, and how it ended. */
function runs(exact: boolean): unknown[] {
  return strategies.map((strategy, seed) => {
    const { outcome, judgement } = bench.play({ mode: 'controlled', seed, strategy, exact });
    const { ending, by, steps } = outcome;
    const { kind, process } = judgement ?? {};
    return { ending, by, steps, kind, process, trace: [...records(bench, outcome)] };
  });
}

describe('that a role runs ahead of steps without a result changes nothing', () => {
  it('for programs of all primitives', async () => {
    const endings = new Set<number>();
    await fc.assert(
      fc.asyncProperty(programs({ processes: 4, things: 3, statements: 6 }), async (program) => {
        await bench.use(textOf(program), { processes: program.processes.length });
        const ahead = runs(false);
        expect(ahead).toEqual(runs(true));
        for (const run of ahead) endings.add((run as { ending: number }).ending);
      }),
      { numRuns: 150 },
    );
    for (const ending of [Ending.FINISHED, Ending.DEADLOCK, Ending.MISUSE]) expect(endings).toContain(ending);
  });

  it.each([
    ['more steps than the queue holds', 'for (let i = 0; i < 100; i++) shared.n.value = me.number;'],
    ['virtual time', 'for (let i = 0; i < 4; i++) { shared.n.value = i; me.tell(Date.now() % 1000); }'],
    [
      'a crash behind steps',
      'shared.m.lock(); shared.n.value = 1; if (me.number) null.x; shared.m.unlock();',
    ],
    ['a crash before the first step', 'if (me.number === 1) throw new Error("no"); shared.n.value = 1;'],
    ['a misuse behind steps', 'shared.n.value = 1; shared.m.unlock(); shared.n.value = 2;'],
    ['an index outside', 'shared.n.value = 1; shared.a[2 + me.number] = 1; shared.n.value = 2;'],
    ['an event that takes a while, and its end', 'me.tell(1); me.tell(2); shared.m.lock(); me.tell(3);'],
  ])('for %s', async (_, worker) => {
    await bench.use(solution('{ n: int32(0), m: mutex(), a: int32Array(3) }', worker), { processes: 3 });
    expect(runs(false)).toEqual(runs(true));
  });

  it('for a loop without a step behind steps', async () => {
    const { code } = await compiled(`import * as lab from 'interleave';
      import problem from 'interleave/problems/workbench';
      export default lab.solve(problem, { share: () => ({ m: lab.mutex() }),
        worker(shared: any, me: any) { shared.m.lock(); if (me.number === 1) for (;;); shared.m.unlock(); } } as never);`);
    await bench.use(code, { processes: 3 });
    expect(runs(false)).toEqual(runs(true));
  });
});
