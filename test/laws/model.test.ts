import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunDigest, RunsOrder } from '../../harness/hunt/modelled.ts';
import { Session } from '../../harness/hunt/session.ts';
import { casesOf, processesOf } from '../../harness/problem/case.ts';
import { home, problemOf } from '../../harness/problem/catalogue.ts';
import { compile } from '../../harness/problem/compile.ts';
import { twin } from '../../harness/problem/twin.ts';
import { strategies } from '../../harness/schedule/strategies.ts';
import { onOneProcessor, Workbench } from '../workbench.ts';
import { programs, textOf } from './program.ts';

onOneProcessor();
const sessions: Session[] = [];
afterAll(() => Promise.all(sessions.map((s) => s.close())));
const made = <S extends Session>(session: S): S => {
  sessions.push(session);
  return session;
};

/** All strategies but those that follow something prescribed. */
const free = strategies
  .map((strategy, index) => ({ strategy, index }))
  .filter(({ strategy }) => !/replay/.test(strategy.name));

const runs = (from: number, each: number): RunsOrder['runs'] =>
  free.flatMap(({ index }) =>
    Array.from({ length: each }, (_, i) => ({ strategy: index, seed: from + i, world: i % 4 })),
  );

/** How the model and real processes differ in the case that `session` is in; nothing, where the list is empty. */
async function differences(session: Session, order: RunsOrder['runs']): Promise<string[]> {
  const modelled = (await session.team.model({ what: 'runs', runs: order })) as RunDigest[];
  const wrong: string[] = [];
  for (const [i, { strategy, seed, world }] of order.entries()) {
    await session.ready();
    const { outcome } = session.play({ mode: 'controlled', seed, world, strategy: strategies[strategy] });
    const real = { ...outcome, exact: session.digest(outcome).exact };
    const model = modelled[i];
    const name = `${strategies[strategy].name} ${seed} in ${JSON.stringify(session.case)}`;
    if ('unmodelled' in model) wrong.push(`${name}: ${model.unmodelled}`);
    else if (outcome.lost === undefined && JSON.stringify(model) !== JSON.stringify(real)) {
      wrong.push(`${name}: ${JSON.stringify(model)}, and processes: ${JSON.stringify(real)}`);
    }
  }
  return wrong;
}

const solutions = readdirSync(join(home, 'solutions'), { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .sort();

describe('the model and real processes give the same trace', () => {
  const session = made(new Session());
  it.each(solutions)('of %s, under every strategy', async (file) => {
    const [slug] = file.split('/');
    const problem = await problemOf(slug);
    const compiled = await compile(join(home, 'solutions', file));
    expect(compiled.twin).toBeTypeOf('string');
    await session.open(slug, compiled.code, 2, compiled.twin as string);
    const all = casesOf(problem).filter((c) => processesOf(problem, c) <= 6);
    for (const at of [0.02, 0.3, 0.8]) {
      await session.enter(all[Math.floor(at * all.length)]);
      expect(await differences(session, runs(7, 3))).toEqual([]);
    }
  });

  it('of programs of all primitives', async () => {
    const bench = made(new Workbench());
    await fc.assert(
      fc.asyncProperty(programs({ processes: 4, things: 3, statements: 6 }), async (program) => {
        const code = textOf(program);
        const source = code.slice(code.indexOf('"use strict";') + 13, code.lastIndexOf('})'));
        const text = twin(source);
        expect(text).toBeTypeOf('string');
        await bench.use(code, { processes: program.processes.length }, text as string);
        expect(await differences(bench, runs(3, 2))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
