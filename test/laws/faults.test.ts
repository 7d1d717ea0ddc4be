import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { executed } from '../../harness/check/executed.ts';
import { killedIn } from '../../harness/check/killed.ts';
import type { RunDigest, RunsOrder } from '../../harness/hunt/model-orders.ts';
import { twin } from '../../harness/problem/twin.ts';
import type { Order } from '../../harness/process/order.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { parse, print } from '../../harness/schedule/schedule.ts';
import { strategies } from '../../harness/schedule/strategies.ts';
import { Workbench } from '../workbench.ts';
import { type Program, programs, textOf } from './program.ts';

const strict = new Workbench('faults: { kills: 2 },');
const relaxed = new Workbench("faults: { kills: 1 }, memory: 'tso', races: 'allowed',");
afterAll(() => Promise.all([strict.close(), relaxed.close()]));

/** The same program with what outlives a death. */
const robust = (code: string): string =>
  code
    .replaceAll('mutex()', 'mutex({ robust: true })')
    .replaceAll("strength: 'barging' }", "strength: 'barging', undo: true }");

const twinOf = (code: string): string =>
  twin(code.slice(code.indexOf('"use strict";') + 13, code.lastIndexOf('})'))) as string;

/** Runs of all strategies, in which somebody is killed now and then. */
const runs: RunsOrder['runs'] = strategies.flatMap(({ name }, strategy) =>
  /replay/.test(name) ? [] : [1, 2].map((seed) => ({ strategy, seed, world: 0, length: 12 })),
);

const order = (moves: readonly number[], rest: Partial<Order> = {}): Order => ({
  mode: 'controlled',
  seed: 0,
  strategy: replay,
  moves,
  ...rest,
});

describe('where processes are killed', () => {
  it.each([
    ['', strict],
    ['under total store order ', relaxed],
  ])(
    '%sthe model and processes give the same trace, and so do replays with a real SIGKILL',
    async (_, bench) => {
      let deaths = 0;
      let real = 0;
      const some = programs({ processes: 3, things: 3, statements: 5 });
      await fc.assert(
        fc.asyncProperty(some, fc.boolean(), async (program: Program, outlives) => {
          const code = outlives ? robust(textOf(program)) : textOf(program);
          await bench.use(code, { processes: program.processes.length }, twinOf(code));
          const modelled = (await bench.team.model({ what: 'runs', runs })) as RunDigest[];
          for (const [i, { strategy, ...run }] of runs.entries()) {
            const model = modelled[i];
            await bench.ready();
            const played = { mode: 'controlled', strategy: strategies[strategy], ...run } as const;
            const { outcome } = bench.play(played);
            expect(model).toEqual({ ...outcome, exact: bench.digest(outcome).exact });
            const view = bench.seen('controlled', outcome);
            const dead = killedIn(view);
            deaths += dead.length;
            if (dead.length === 0 || real > 25) continue;
            const moves = executed(view);
            expect(parse(print({ seed: 0, moves })).moves).toEqual(moves);
            const pids = bench.team.pids;
            const again = bench.play(order(moves, { positions: true })).outcome;
            expect({ ...again, exact: bench.digest(again).exact }).toEqual(model);
            real++;
            for (const p of dead) expect(await bench.team.howEnded(p), String(pids[p])).toBe('SIGKILL');
          }
        }),
        { numRuns: 25 },
      );
      expect(deaths).toBeGreaterThan(100);
      expect(real).toBeGreaterThan(15);
    },
  );
});
