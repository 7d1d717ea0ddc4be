// Solutions that try to be something else in the model, or in the second run: none of them may get away with it. Either
// the model does what processes do, step by step, or it says that it cannot.
import { afterAll, describe, expect, it } from 'vitest';
import type { RunDigest } from '../../harness/hunt/model-orders.ts';
import { strategies } from '../../harness/schedule/strategies.ts';
import { compiled, Workbench } from '../workbench.ts';

const bench = new Workbench();
afterAll(() => bench.close());

const text = (body: string, above: string): string => `
import { atomicInt32, float64, int32, int32Array, mutex, semaphore, sleep, solve, uint32 } from 'interleave';
${above}
export default solve({ id: 'workbench' } as never, {
  share: () => ({
    a: int32(0), b: int32(2), d: float64(0), u: uint32(0), list: int32Array(4), m: mutex(), n: atomicInt32(0),
  }),
  worker({ a, b, d, u, list, m, n }: any, me: any) { ${body} },
} as never);`;

/** Two of each strategy that does not follow something prescribed. */
const runs = strategies.flatMap(({ name }, strategy) =>
  /replay/.test(name) ? [] : [3, 4].map((seed) => ({ strategy, seed, world: seed & 3 })),
);

/** What becomes of a solution in the model: it does the same, or why there is none. Fails where they differ. */
async function inModel(body: string, above = ''): Promise<string> {
  const { code, twin } = await compiled(text(body, above));
  if (typeof twin !== 'string') return twin.reason;
  await bench.use(code, { processes: 2 }, twin);
  const modelled = (await bench.team.model({ what: 'runs', runs })) as RunDigest[];
  for (const [i, { strategy, ...order }] of runs.entries()) {
    const model = modelled[i];
    if ('unmodelled' in model) return model.unmodelled;
    await bench.ready();
    const { outcome } = bench.play({ mode: 'controlled', ...order, strategy: strategies[strategy] });
    expect(model).toEqual({ ...outcome, exact: bench.digest(outcome).exact });
  }
  return 'the same';
}

/** Locks in the model alone, wherever \`saysModel\` can tell. */
const cheat = (saysModel: string): string =>
  `const isModel = ${saysModel}; if (isModel) m.lock(); a.value++; if (isModel) m.unlock(); me.tell(a.value);`;

describe('the model does what processes do,', () => {
  it.each([
    [
      'the constructor of a function',
      "(() => { const f = () => a.value; return f.constructor.name !== 'Function'; })()",
    ],
    [
      'names and lengths',
      '(() => { const f = (x: any, y = a.value) => 1; return f.length !== 1 || f.name !== "f"; })()',
    ],
    [
      'own keys',
      "(() => { class K { x = 2; constructor() { a.value; } } class L extends K {} return Reflect.ownKeys(L).join() + Reflect.ownKeys(new L()).join() !== 'length,name,prototypex' || L.length !== 0; })()",
    ],
    [
      'arguments',
      '(() => { let k: any; function f(x?: any) { k = arguments; a.value; arguments[0] = 3; return k !== arguments || x === 3 || arguments.length !== 1; } return f(1); })()',
    ],
    [
      'who calls',
      '(() => { function f(): any { a.value; try { return (f as any).caller !== null; } catch { return false; } } return f(); })()',
    ],
    ['time', '(() => { const t = Date.now(); b.value = 1; return Date.now() - t > 1; })()'],
    [
      'messages of exceptions',
      `(() => { try { const x: any = undefined; x[a.value].q; } catch (e: any) { return !e.message.includes("'0'"); } })()`,
    ],
    [
      'limits',
      '(() => { try { (Error as any).stackTraceLimit = 0; return true; } catch { return (Error as any).stackTraceLimit !== 30; } })()',
    ],
  ])('whoever looks at %s', async (_, saysModel) => {
    expect(await inModel(cheat(saysModel))).toMatch(/^the same$|for all runs/);
  });

  it.each([
    [
      'values that are no numbers',
      'd.value = NaN; me.tell(Number.isNaN(d.value)); d.value = -0; me.tell(Object.is(d.value, -0)); a.value = undefined; me.tell(a.value); a.value = null; a.value = "7"; me.tell(a.value); u.value = -1; me.tell(u.value > 2 ** 31); a.value = 2 ** 31; me.tell(a.value < 0); d.value = 5e-324; me.tell(d.value > 0);',
    ],
    ['a BigInt in a cell', 'a.value = 5n;'],
    [
      'a symbol in a cell',
      'try { a.value = Symbol(); } catch (e: any) { me.tell(e instanceof TypeError); } me.tell(a.value);',
    ],
    [
      'operands that are no numbers',
      "me.tell(n.add(NaN)); me.tell(n.add('3')); me.tell(n.add(2.7)); me.tell(n.load());",
    ],
    [
      'operands that throw',
      'try { n.add({ valueOf() { throw 4; } }); } catch (e) { me.tell(e); } me.tell(n.load());',
    ],
    [
      'an exception behind steps that were announced',
      "a.value = 1; b.value = 2; list[0] = 3; throw new Error('after three');",
    ],
    [
      'a misuse behind more steps than can be announced',
      'for (let i = 0; i < 40; i++) list[i % 4] = i; list[9] = 1;',
    ],
    [
      'steps behind a misuse that is swallowed',
      'try { a.value = 1; m.unlock(); } catch { } finally { b.value = 3; } a.value = 2;',
    ],
    ['a great many steps', 'for (let i = 0; i < 3000; i++) list[i & 3] = i; me.tell(list[0]);'],
  ])('however odd: %s', async (_, body) => {
    expect(await inModel(body)).toBe('the same');
  });
});

describe('no run tells the next one anything in the model:', () => {
  it.each([
    ['variables', 'me.tell(++k);', 'let k = 0;'],
    ['closures', 'me.tell(next());', 'const next = (() => { let k = 0; return () => ++k; })();'],
    ['the property of a function', 'f.n = (f.n ?? 0) + 1; me.tell(f.n);', 'const f: any = () => 1;'],
    [
      'that of a function by another name',
      'const g: any = f; g.n = (g.n ?? 0) + 1; me.tell(g.n);',
      'function f() {}',
    ],
    [
      'that of a function, by Object.assign',
      'me.tell(Object.assign(f, { n: ((f as any).n ?? 0) + 1 }).n);',
      'function f() {}',
    ],
    [
      'that of a function, by Reflect',
      "Reflect.set(f, 'n', (f.n ?? 0) + 1); me.tell(f.n);",
      'const f: any = () => {};',
    ],
    [
      'that of a function, whatever is swallowed',
      'const g: any = f; try { g.n = (g.n ?? 0) + 1; } catch {} me.tell(g.n);',
      'function f() {}',
    ],
    [
      'the prototype of a class',
      'const p = Object.getPrototypeOf(new K()); p.n = (p.n ?? 0) + 1; me.tell(p.n);',
      'class K { f() {} }',
    ],
    [
      'a class, from within',
      'new K().up(); me.tell(new K().up());',
      'class K { up() { const k: any = this.constructor; return (k.n = (k.n ?? 0) + 1); } }',
    ],
    [
      'a private method',
      'new K().up(); me.tell(new K().up());',
      'class K { #p() {} up() { const k: any = this.#p; return (k.n = (k.n ?? 0) + 1); } }',
    ],
    ['a shared object', 'const o: any = a; o.n = (o.n ?? 0) + 1; me.tell(o.n);', ''],
    ['a regular expression', "me.tell(r.test('aaaa')); me.tell(r.lastIndex);", 'const r = /a/g;'],
    [
      'a WeakMap',
      'w.set(f, (w.get(f) ?? 0) + 1); me.tell(w.get(f));',
      'const f = () => 1; const w = new WeakMap<any, number>();',
    ],
  ])('%s', async (_, body, above) => {
    expect(await inModel(body, above)).toMatch(/^the same$|for all runs/);
  });
});
