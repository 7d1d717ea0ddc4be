import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { BadInput } from '../../harness/problem/bad-input.ts';
import { compile } from '../../harness/problem/compile.ts';
import { RECORD_WORDS } from '../../harness/process/control.ts';
import { positionIn } from '../../harness/process/position.ts';
import { Field } from '../../harness/process/trace-record.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { compiled, Workbench } from '../workbench.ts';

const bench = new Workbench();
afterAll(() => bench.close());
beforeEach(() => bench.ready());

const head = `import { barrier, condition, int32, int32Array, mutex, semaphore, solve, sleep, type Semaphore } from 'interleave';
import problem from 'interleave/problems/workbench';
`;

/** Line and column of the only place in `text` that reads `words`, counted from 1. */
function placeOf(text: string, words: string): string {
  const at = text.indexOf(words);
  if (at < 0 || text.indexOf(words, at + 1) >= 0) throw new Error(`'${words}' does not stand there once`);
  const before = text.slice(0, at).split('\n');
  return `${before.length}:${before[before.length - 1].length + 1}`;
}

/** Plays `text` in one process; returns what is found and where, in the student's own file. */
async function found(text: string, processes = 1) {
  const { code, locate, file } = await compiled(text);
  await bench.use(code, { processes });
  const { outcome, judgement } = bench.play({
    mode: 'controlled',
    seed: 1,
    strategy: uniform,
    positions: true,
  });
  const at = judgement?.line ? locate(judgement.line, judgement.column ?? 1) : undefined;
  const steps = Array.from({ length: outcome.steps }, (_, i) => {
    const { trace } = bench.team;
    const p = locate(trace[i * RECORD_WORDS + Field.LINE], trace[i * RECORD_WORDS + Field.COLUMN]);
    return p && `${p.line}:${p.column}`;
  });
  const stack = (judgement?.stack ?? []).map((frame) => {
    const [name, line, column] = frame.split('|');
    const p = locate(Number(line), Number(column));
    return p && `${name} ${p.line}:${p.column}`;
  });
  return { judgement, at: at && `${at.line}:${at.column}`, file: at?.file === file, steps, stack };
}

describe('positions are those of the TypeScript file', () => {
  it('for every step, whatever types and long lines stand around it', async () => {
    const text = `${head}
interface Shared {
  readonly s: Semaphore; // a type, of which nothing is left
}
type Tuple<T extends readonly unknown[]> = {
  [K in keyof T]: T[K];
};

const deep = <T,>(x: T): T => x;

export default solve(problem, {
  share: () => ({
    s: semaphore(3),
    n: int32(0),
    list: int32Array(4),
    m: mutex(),
    c: condition(),
  }),

  worker({ s, n, list, m, c }, me) {
    const pair: Tuple<[number, string]> = [1, 'two'];
    for (const _ of [1]) s.wait();
    if (pair[0] === 1) { /* 'quoted' */ n.value = deep<number>(7); } else s.post();
    list[
      3
    ] = n.value as number;
    m.lock(); c.signal(); m.unlock();
    [0].forEach((i) => { list.fill(i); });
    sleep(1);
    ;(s satisfies Semaphore).tryWait();
  },
});
`;
    const { judgement, steps } = await found(text);
    expect(judgement).toBeUndefined();
    const where = (words: string, after = 0) => {
      const [line, column] = placeOf(text, words).split(':').map(Number);
      return `${line}:${column + after}`;
    };
    const lineOf = (words: string) => placeOf(text, words).split(':')[0];
    expect(steps).toEqual([
      where('s.wait();', 2),
      where('n.value = deep', 2),
      where('n.value as number', 2),
      expect.stringMatching(new RegExp(`^(${lineOf('list[\n')}|${lineOf('] = n.value as')}):`)),
      where('m.lock();', 2),
      where('c.signal();', 2),
      where('m.unlock();', 2),
      ...new Array(4).fill(where('list.fill(i)', 5)),
      where('sleep(1);'),
      where('(s satisfies Semaphore).tryWait()', '(s satisfies Semaphore).'.length),
    ]);
  });
  it('for an exception, with the stack of the student alone', async () => {
    const text = `${head}
function outer(x: { y?: { z: number } }) {
  return inner(x);
}
const inner = (x: { y?: { z: number } }): number => x.y!.z;
export default solve(problem, {
  share: () => ({}),
  worker() {
    for (let i: number = 0; i < 1; i++) outer({});
  },
});
`;
    const { judgement, at, file, stack } = await found(text);
    expect(judgement?.kind).toBe('crash');
    expect(file).toBe(true);
    expect(at).toBe(placeOf(text, 'z;\nexport'));
    expect(stack).toEqual([
      `inner ${placeOf(text, 'z;\nexport')}`,
      `outer ${placeOf(text, 'inner(x);')}`,
      expect.stringMatching(new RegExp(`worker ${placeOf(text, 'outer({})')}$`)),
    ]);
  });
  it.each([
    ['a mutex that it does not hold', 'm.unlock();', 2],
    ['an index outside an array', 'list[4] = 1;', 6],
    ['a condition without its mutex', 'c.wait(m);', 2],
  ])('for a misuse: %s', async (_, words, after) => {
    const text = `${head}
export default solve(problem, {
  share: () => ({ m: mutex(), c: condition(), list: int32Array(4) }),
  worker({ m, c, list }) {
    void [m, c, list] as unknown; ${words}
  },
});
`;
    const { judgement, at } = await found(text);
    expect(judgement?.kind).toBe('misuse');
    const [line, column] = placeOf(text, words).split(':').map(Number);
    expect(at).toBe(`${line}:${column + after}`);
  });
  it('for an endless loop, which is found by counting', async () => {
    const text = `${head}
export default solve(problem, {
  share: () => ({ n: int32(0) }),
  worker({ n }) {
    const copy: number = n.value;
    while (copy === 0) {
      // stares at its copy
    }
  },
});
`;
    const { judgement, at } = await found(text);
    expect(judgement).toMatchObject({ kind: 'non-terminating', detail: 'loop', process: 0 });
    expect(at?.split(':')[0]).toBe(placeOf(text, 'while (copy').split(':')[0]);
  });
  it('and a stack without the student in it has none', () => {
    expect(positionIn('Error\n    at realm.js:3:4')).toEqual({ line: 0, column: 0 });
    expect(positionIn(undefined)).toEqual({ line: 0, column: 0 });
    expect(positionIn('Error\n    at realm.js:3:4\n    at f (solution.js:12:34)')).toEqual({
      line: 12,
      column: 34,
    });
  });
});

/** A folder with these files, gone after the test; returns the path of `solution.ts`. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'compile-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return join(folder, 'solution.ts');
}

const refusal = async (file: string): Promise<string> => {
  const e = await compile(file).then(
    () => new Error('it compiles'),
    (error: Error) => error,
  );
  expect(e).toBeInstanceOf(BadInput);
  return e.message;
};

const body = (worker: string, before = ''): string => `${head}${before}
export default solve(problem, {
  share: () => ({ s: semaphore(1) }),
  worker({ s }, me) {
    ${worker}
  },
});
`;

describe('what has no place in a solution is refused with its line', () => {
  it.each([
    ['an async function', body('async function f() {}; f();'), 'async function f', 'nothing can be async'],
    ['an async arrow', body('[1].map(async () => 1);'), 'async () =>', 'nothing can be async'],
    ['an async generator', body('async function* g() {}; g();'), 'async function* g', 'nothing can be async'],
    ['import()', body("import('interleave');"), "'interleave');\n", 'cannot be loaded while a role runs'],
    [
      'import() of a name that is computed',
      body('const x = String(me); import(x);'),
      'import(x)',
      'import() cannot be used',
    ],
    ['require', body("require('node:fs');"), "'node:fs'", 'cannot be loaded while a role runs'],
    [
      'import.meta',
      body('console.log(import.meta.url);'),
      'import.meta.url',
      'import.meta tells of the machine',
    ],
  ])('%s', async (_, text, words, why) => {
    const file = folderWith({ 'solution.ts': text });
    const message = await refusal(file);
    expect(message).toContain(why);
    expect(message).toMatch(new RegExp(`solution\\.ts:${placeOf(text, words)}: `));
  });
  it.each([
    ['await', body('await s.wait();'), 'await s.wait', /"await" can only be used inside an "async" function/],
    [
      'await at the top',
      body('s.wait();', 'await 1;'),
      'await 1',
      /await has no place in the lab|Top-level await/,
    ],
    ['a syntax error', body('s.wait(;'), ';\n  },\n});', /Unexpected ";"/],
    ['a type that does not end', body('const x: Array<number = [];'), '= []', /Expected ">"/],
    [
      'a module of Node',
      `import { readFileSync } from 'node:fs';\n${body('readFileSync;')}`,
      "'node:fs'",
      /'node:fs' cannot be imported: a solution imports 'interleave' and its problem/,
    ],
    [
      'a package',
      `import fc from 'fast-check';\n${body('fc;')}`,
      "'fast-check'",
      /'fast-check' cannot be imported/,
    ],
    [
      'another file',
      `import { f } from './other.ts';\n${body('f();')}`,
      "'./other.ts'",
      /'\.\/other\.ts' cannot be imported/,
    ],
    [
      'a name that interleave does not have',
      `import { spinlock } from 'interleave';\n${body('spinlock;')}`,
      'spinlock }',
      /No matching export .* "spinlock"/,
    ],
    ['a constant that is assigned', body('const x = 1; x = 2;'), 'x = 2', /constant/],
  ])('%s', async (_, text, words, why) => {
    const file = folderWith({ 'solution.ts': text, 'other.ts': 'export const f = () => {};' });
    const message = await refusal(file);
    expect(message).toMatch(why);
    expect(message).toMatch(new RegExp(`solution\\.ts:${placeOf(text, words)}`));
  });
  it('a file without a default export', async () => {
    const file = folderWith({ 'solution.ts': 'export const solution = 1;\n' });
    expect(await refusal(file)).toBe(
      `${file} has no default export. Write export default solve(problem, { share, … }).`,
    );
  });
  it('a file that is not there, and a folder', async () => {
    const file = folderWith({});
    expect(await refusal(file)).toContain(`there is no file '${file}'`);
    mkdirSync(file);
    expect(await refusal(file)).toContain('is a folder');
  });
  it('nothing else: all that is plain, blocking TypeScript compiles', async () => {
    const file = folderWith({
      'solution.ts': body(
        `label: for (const [i, x] of [1, 2].entries()) { if (i) continue label; switch (x) { case 1: break; default: } }
        const o = { get g() { return 1; }, set g(v) {}, *gen() { yield* [1]; }, ['a' + 1]: 1, async: 1 };
        class A { #x = 1; static s = () => 1; get x() { return this.#x; } static { A.s(); } }
        do { me; } while (false); for (const k in o) void k;
        let v; v ??= 1; v ||= 2; v &&= 3; const f = (a = 1, ...r: number[]) => ({ a, r }); f(...[1]);
        try { throw 1; } catch { } finally { } const t = \`\${v}\`; /x/v.test(t); 1_000n ** 2n; s?.wait?.();
        function args() { return arguments.length; } args(); new A().x; using: for (;;) break using; const async = 1; void async;`,
        'enum E { a }\nnamespace N { export const x = 1; }\nabstract class B { abstract f(): void; constructor(private y: number) {} }\n',
      ),
    });
    const { code } = await compile(file);
    await bench.use(code, { processes: 1 });
    expect(bench.play({ mode: 'controlled', seed: 1, strategy: uniform }).judgement).toBeUndefined();
  });
  it('a default export that is no solution, or not of this problem, or without its roles', async () => {
    const complaint = async (text: string): Promise<string> => {
      const { code } = await compiled(text);
      return bench.use(code, { processes: 1 }).then(
        () => 'it fits',
        (e: Error) => e.message,
      );
    };
    const solving = (what: string, slug = 'workbench') => `import { solve } from 'interleave';
import problem from 'interleave/problems/${slug}';
export default solve(problem, ${what} as never);`;
    expect(await complaint('export default 1;')).toContain('the default export is not a solution');
    expect(await complaint('export default { get roles() { throw new Error(); } };')).toContain(
      'cannot be looked at',
    );
    expect(await complaint(solving('{ share: () => ({}), worker() {} }', 'dining-philosophers'))).toContain(
      "it solves 'dining-philosophers', not 'workbench': import the problem from 'interleave/problems/workbench'",
    );
    expect(await complaint(solving('{ worker() {} }'))).toContain('share is missing');
    expect(await complaint(solving('{ share: () => ({}) }'))).toContain("the role 'worker' is missing");
    expect(await complaint(solving('{ share: () => ({}), worker() {}, boss() {} }'))).toContain(
      "no role 'boss'",
    );
    expect(await complaint(solving('{ share: () => ({}), worker() {} }'))).toBe('it fits');
  });
});
