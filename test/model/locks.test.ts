import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Modelled } from '../../harness/hunt/modelled.ts';
import { home, problemOf } from '../../harness/problem/catalogue.ts';
import { compile } from '../../harness/problem/compile.ts';
import { boardAlone } from '../../harness/process/board.ts';
import { strategies } from '../../harness/schedule/strategies.ts';
import { compiled } from '../workbench.ts';

const board = boardAlone();

const mix = strategies.flatMap(({ name }, i) =>
  /^(random|pos|urw|role-walk)$/.test(name) ? [[i, 1] as const] : [],
);

/** What is found in a lock under total store order, or where every write is seen at once. */
async function found(twin: unknown, memory: 'tso' | 'sc'): Promise<string | undefined> {
  const { memory: _, ...problem } = await problemOf('mutual-exclusion');
  const modelled = new Modelled(board);
  // biome-ignore lint/security/noGlobalEval: it is the lab's own
  const program = globalThis.eval(twin as string);
  modelled.load(memory === 'tso' ? { ...problem, memory } : problem, program);
  modelled.enter({ clerks: 2, visits: 1 });
  return modelled.hunt({ what: 'hunt', schedules: 2_000, seed: 1, mix }).failure?.key;
}

const inFile = async (name: string): Promise<unknown> =>
  (await compile(join(home, 'solutions/mutual-exclusion', `${name}.ts`))).twin;

/** The first of all, as Dijkstra tells it in "Cooperating sequential processes", 1965. */
const dekker = async (atomic: boolean): Promise<unknown> => {
  const get = (name: string): string => name + (atomic ? '.load()' : '.value');
  const set = (name: string, to: string): string =>
    atomic ? `${name}.store(${to})` : `${name}.value = ${to}`;
  const { twin } = await compiled(`
    import { atomicInt32, int32, solve } from 'interleave';
    import problem from 'interleave/problems/mutual-exclusion';
    const number = ${atomic ? 'atomicInt32' : 'int32'};
    export default solve(problem, {
      share: () => ({ wants: [number(), number()], turn: number() }),
      clerk({ wants, turn }, me) {
        const mine = wants[me.number];
        const other = wants[1 - me.number];
        for (const visit of me.visits) {
          ${set('mine', '1')};
          while (${get('other')} === 1) {
            if (${get('turn')} === me.number) continue;
            ${set('mine', '0')};
            while (${get('turn')} !== me.number);
            ${set('mine', '1')};
          }
          me.enter(visit);
          ${set('turn', '1 - me.number')};
          ${set('mine', '0')};
        }
      },
    });`);
  return twin;
};

const UNSAFE = 'unsafe|one at a time is in the archive';

describe('a lock of the books', () => {
  it.each([
    ['Peterson', () => inFile('broken/plain-peterson')],
    ['Lamport (bakery)', () => inFile('broken/plain-bakery')],
    ['Dekker', () => dekker(false)],
  ])('with plain variables is unsafe under total store order, and only there: %s', async (_, twin) => {
    const text = await twin();
    expect(await found(text, 'tso')).toBe(UNSAFE);
    expect(await found(text, 'sc')).toBeUndefined();
  });

  it.each([
    ['Peterson', () => inFile('peterson')],
    ['Peterson, with fences', () => inFile('fences')],
    ['Lamport (bakery)', () => inFile('bakery')],
    ['Dekker', () => dekker(true)],
  ])('with atomics or fences is safe under total store order: %s', async (_, twin) => {
    expect(await found(await twin(), 'tso')).toBeUndefined();
  });
});
