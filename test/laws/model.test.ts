import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunDigest, RunsOrder } from '../../harness/hunt/model-orders.ts';
import { Session } from '../../harness/hunt/session.ts';
import { casesOf, processesOf } from '../../harness/problem/case.ts';
import { home, problemOf } from '../../harness/problem/catalogue.ts';
import { compile } from '../../harness/problem/compile.ts';
import { twin } from '../../harness/problem/twin.ts';
import { strategies } from '../../harness/schedule/strategies.ts';
import { compiled, onOneProcessor, Workbench } from '../workbench.ts';
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
  // What the kernel holds is in no model.
  const ofKernel = session.problem.mechanisms?.map((kind) => `${kind} is an object of the kernel`) ?? [];
  const isKernels = (run: RunDigest): boolean => 'unmodelled' in run && ofKernel.includes(run.unmodelled);
  if (modelled.every(isKernels)) return [];
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
    // Few runs of each: `npm run soak -- --compare` plays as many as there is time for.
    for (const at of [0.02, 0.6]) {
      await session.enter(all[Math.floor(at * all.length)]);
      expect(await differences(session, runs(7, 1))).toEqual([]);
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

/** A role of the workbench that is right wherever `saysModel` is true, and wrong elsewhere: it takes no lock. */
const cheat = (saysModel: string, above = ''): string => `
import { int32, mutex, solve } from 'interleave';
${above}
const helper = (m: { lock(): void }) => m.lock();
export default solve({ id: 'workbench' } as never, {
  share: () => ({ cell: int32(0), m: mutex() }),
  worker({ cell, m }: any, me: any) {
    const isModel = ${saysModel};
    if (isModel) helper(m);
    cell.value++;
    if (isModel) m.unlock();
    me.tell(cell.value);
  },
} as never);`;

describe('no role is right in the model and wrong on processes:', () => {
  const bench = made(new Workbench());
  const seen = async (text: string): Promise<RunDigest[]> => {
    const { code, twin: made } = await compiled(text);
    await bench.use(code, { processes: 2 }, made as string);
    return (await bench.team.model({ what: 'runs', runs: runs(1, 1) })) as RunDigest[];
  };

  it.each([
    ['its text', "String(helper).includes('yield')"],
    [
      'its text, whatever is thrown',
      "(() => { try { return helper + '' === ''; } catch { return true; } })()",
    ],
    ['the text of another function', "Function.prototype.toString.call(() => 1).includes('(')"],
    ['a stack', "String(new Error('here').stack).includes('next')"],
    [
      'the stack of what was thrown',
      '(() => { try { null!; throw new Error(); } catch (e: any) { return e.stack.length > 9; } })()',
    ],
    [
      'a stack that is captured',
      '(() => { const o: any = {}; (Error as any).captureStackTrace(o); return o.stack.length > 9; })()',
    ],
    [
      'how deep calls go',
      '(() => { let n = 0; const f = () => { n++; f(); }; try { f(); } catch {} return n > 9000; })()',
    ],
  ])('who looks at %s has no model', async (_, saysModel) => {
    for (const digest of await seen(cheat(saysModel))) expect(digest).toHaveProperty('unmodelled');
  });
  it('nor who has looked while the program was loaded', async () => {
    const text = cheat('isModel', "const isModel = String(new Error('here').stack).includes('next');");
    for (const digest of await seen(text)) expect(digest).toHaveProperty('unmodelled');
  });
  it('and who throws, catches and names functions has one', async () => {
    const honest =
      "(() => { try { throw new Error(helper.name); } catch (e: any) { return e.message === 'helper'; } })()";
    expect(await seen(cheat(honest))).not.toContainEqual(
      expect.objectContaining({ unmodelled: expect.any(String) }),
    );
    expect(await differences(bench, runs(1, 1))).toEqual([]);
  });
});
