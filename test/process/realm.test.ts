import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { playGiven } from '../../harness/hunt/play-given.ts';
import { Ending } from '../../harness/process/control.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { solution, Workbench } from '../workbench.ts';

const bench = new Workbench();
afterAll(() => bench.close());
beforeEach(() => bench.ready());

const controlled = { mode: 'controlled', seed: 1, strategy: uniform } as const;
const free = { mode: 'free', seed: 1, strategy: uniform } as const;

/** What a solution prints that does `worker` alone. */
async function said(worker: string, share = '{}', top = ''): Promise<string[]> {
  await bench.use(solution(share, worker).replace('__deliver(', `${top}\n__deliver(`), { processes: 1 });
  const { said, finding } = await playGiven(bench, bench.case, 'v1');
  if (finding) throw new Error(finding.message);
  return said.map(({ text }) => text);
}

/** How a run ends in which one process does `worker`, and what is said about it. */
async function ends(worker: string, share = '{}', order: typeof controlled | typeof free = controlled) {
  await bench.use(solution(share, worker), { processes: 1 });
  const { outcome, judgement } = bench.play(order);
  return { ending: outcome.ending, text: judgement?.detail ?? '' };
}

describe('what is absent says so, and what to do instead:', () => {
  it.each([
    ['setTimeout', 'there are no timers'],
    ['setInterval', 'there are no timers'],
    ['setImmediate', 'there are no timers'],
    ['queueMicrotask', 'there are no promises'],
    ['Promise', 'there are no promises'],
    ['process', 'A role ends by returning'],
    ['require', "only 'interleave' and the problem can be imported"],
    ['Buffer', 'use the shared arrays of interleave'],
    ['fetch', 'there is no network'],
    ['XMLHttpRequest', 'there is no network'],
    ['WebSocket', 'there is no network'],
    ['Worker', 'the lab starts the processes'],
    ['performance', 'time is virtual'],
    ['crypto', 'use Math.random(), which is seeded'],
    ['structuredClone', 'processes share only what share() creates'],
    ['eval', 'code cannot be made from text'],
    ['SharedArrayBuffer', 'processes share only what share() creates'],
    ['Atomics', 'use atomicInt32 of interleave'],
    ['WebAssembly', 'solutions are written in TypeScript'],
    ['WeakRef', 'no schedule controls'],
    ['FinalizationRegistry', 'no schedule controls'],
    ['Intl', 'it depends on the machine'],
    ['Temporal', 'time is virtual'],
  ])('%s', async (name, why) => {
    // `eval` and its like cannot be named in strict code without being used.
    const { ending, text } = await ends(`const it = ${name};`);
    expect(ending).toBe(Ending.CRASH);
    expect(text).toContain(`NotInTheLab: ${name} is not available in the lab: `);
    expect(text).toContain(why);
    expect((await ends(`globalThis.${name}`)).text).toContain(`${name} is not available in the lab`);
  });
  it('and nothing else is there than the language', async () => {
    const names = await said('for (const name of Object.getOwnPropertyNames(globalThis)) console.log(name);');
    for (const name of [
      'global',
      'module',
      'exports',
      'setTimeoutPromise',
      'navigator',
      'gc',
      'escape',
      'URL',
    ])
      expect(names).not.toContain(name);
    for (const name of ['Object', 'Map', 'JSON', 'console']) expect(names).toContain(name);
  });
  it.each([
    "new Function('return 1')()",
    "(() => {}).constructor('return 1')()",
    "(function* () {}).constructor('return 1')()",
    "Reflect.construct(Object.getPrototypeOf(() => {}).constructor, ['return 1'])",
    "Reflect.get(Object.getPrototypeOf(class {}), 'constructor')('return 1')()",
  ])('code is not made of text: %s', async (code) => {
    const { ending, text } = await ends(code);
    expect(ending).toBe(Ending.CRASH);
    expect(text).toMatch(/Code generation from strings disallowed/);
  });
  it('a process is not ended by exceptions that carry objects of the outside', async () => {
    const lines = await said(`
      const seen = [];
      const deep = () => deep();
      for (const f of [deep, () => null.x, () => undefinedName, () => new Array(-1), () => 'a'.repeat(-1), () => 1n + 1]) {
        try { f(); } catch (e) {
          let p = e;
          for (let i = 0; i < 5 && p; i++, p = Object.getPrototypeOf(p)) {
            let made;
            try { made = p.constructor.constructor('return typeof process')(); } catch (x) { made = 'no'; }
            seen.push(made);
          }
        }
      }
      console.log(seen.filter((s) => s !== 'no').length + ' of ' + seen.length);`);
    expect(lines).toEqual(['0 of 24']);
  });
});

describe('time and chance', () => {
  it('are virtual and seeded in a controlled run', async () => {
    const worker =
      'me.think(); console.log([Date.now(), new Date().getTime(), new Date(5).getTime(), Math.random(), typeof Date()].join());';
    const first = await said(worker);
    expect(await said(worker)).toEqual(first);
    expect(new Date(Number(first[0].split(',')[0])).getUTCFullYear()).toBe(2026);
  });
  it('are written as in one place, whatever the place of the machine', async () => {
    const lines =
      await said(`console.log((1234.5).toLocaleString()); console.log(new Date(0).toLocaleString());
      console.log(String(new Date(0))); console.log(new Date(0).getTimezoneOffset());
      console.log(12n.toLocaleString(), ['z', 'ä', 'a'].sort((a, b) => a.localeCompare(b)).join(), 'i'.toLocaleUpperCase());`);
    expect(lines.map((line) => line.replace('\u202f', ' '))).toEqual([
      '1,234.5',
      '1/1/1970, 12:00:00 AM',
      'Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)',
      '0',
      '12 a,ä,z I',
    ]);
  });
  it('go on in a free run', async () => {
    const { text } = await ends(
      'const a = Date.now(); sleep(20); const b = Date.now(); throw new Error(String(b - a));',
      '{}',
      free,
    );
    expect(Number(text.replace('Error: ', ''))).toBeGreaterThanOrEqual(19);
  });
});

describe('nothing survives from run to run:', () => {
  /** Plays `worker` three times, each of which throws what it found; the first and the last must have found the same. */
  const found = async (code: string): Promise<string[]> => {
    await bench.use(code, { processes: 1 });
    const texts: string[] = [];
    for (let seed = 0; seed < 3; seed++) {
      const { judgement } = bench.play({ ...controlled, seed });
      texts.push(judgement?.detail ?? '');
    }
    return texts;
  };
  const same = async (code: string): Promise<string> => {
    const [first, ...others] = await found(code);
    for (const other of others) expect(other).toBe(first);
    return first;
  };
  const leaving = (attempt: string, look: string): string =>
    solution('{}', `try { ${attempt}; } catch (e) { me.tell(1); }\nthrow new Error(String(${look}));`);

  it.each([
    ['a global', 'globalThis.left = (globalThis.left ?? 0) + 1', 'globalThis.left', 'undefined'],
    ['an undeclared name', 'Function.prototype.call.call(() => { left = 1; })', 'typeof left', 'undefined'],
    ['Object.prototype', 'Object.prototype.left = 1', '({}).left', 'undefined'],
    ['Array.prototype', 'Array.prototype.left = 1', '[].left', 'undefined'],
    ['an index of Array.prototype', 'Array.prototype[0] = 1', '[,][0]', 'undefined'],
    ['Function.prototype', 'Function.prototype.left = 1', '(() => {}).left', 'undefined'],
    ['String.prototype', 'String.prototype.left = 1', "''.left", 'undefined'],
    ['Symbol.prototype', 'Symbol.prototype.left = 1', 'Symbol().left', 'undefined'],
    ['a method of Array', 'Array.prototype.push = () => 7', '[].push(1)', '1'],
    ['a method of Map', 'Map.prototype.get = () => 7', 'new Map().get(1)', 'undefined'],
    ['iteration', 'Array.prototype[Symbol.iterator] = function* () { yield 7 }', '[...[1]]', '1'],
    [
      'the prototype of iterators',
      'Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())).left = 1',
      '[].values().left',
      'undefined',
    ],
    [
      'the prototype of generators',
      'Object.getPrototypeOf(function* () {}).prototype.left = 1',
      '(function* () {})().left',
      'undefined',
    ],
    [
      'the prototype of typed arrays',
      'Object.getPrototypeOf(Int8Array.prototype).left = 1',
      'new Int8Array(1).left',
      'undefined',
    ],
    ['Math', 'Math.left = 1', 'Math.left', 'undefined'],
    ['Math.random', 'Math.random = () => 7', 'Math.random() < 1', 'true'],
    ['Date.now', 'Date.now = () => 7', 'Date.now() > 7', 'true'],
    ['JSON', 'JSON.stringify = () => 7', 'JSON.stringify(1)', '1'],
    ['console', 'console.log = 7', 'typeof console.log', 'function'],
    ['the last match', "/(l)eft/.exec('left')", 'RegExp.$1', 'undefined'],
    ['the last match, otherwise', "'left'.replace(/l/, '')", "RegExp['$&'] ?? RegExp.lastMatch", 'undefined'],
    ['Error.stackTraceLimit', 'Error.stackTraceLimit = 0', 'Error.stackTraceLimit > 1', 'true'],
    ['Error.prepareStackTrace', 'Error.prepareStackTrace = () => 7', 'typeof new Error().stack', 'string'],
    [
      'the class of an object of the lab',
      'Object.getPrototypeOf(int32Array).left = 1',
      '(() => {}).left',
      'undefined',
    ],
    ['the problem', 'Object.assign(me.constructor, { left: 1 })', '({}).constructor.left', 'undefined'],
    ['a prototype, exchanged', 'Object.setPrototypeOf(Array.prototype, { left: 1 })', '[].left', 'undefined'],
    [
      'a property, redefined',
      "Object.defineProperty(Object.prototype, 'left', { get: () => 1 })",
      '({}).left',
      'undefined',
    ],
    [
      'the species of arrays',
      'Object.defineProperty(Array, Symbol.species, { get: () => Map })',
      '[1].map((x) => x).length',
      '1',
    ],
  ])('%s', async (_, attempt, look, clean) => {
    expect(await same(leaving(attempt, look))).toBe(`Error: ${clean}`);
  });
  it.each([
    ['a variable at the top of the file', 'let n = 0;', 'n++'],
    ['a property of a function', 'function f() { f.n = (f.n ?? 0) + 1; return f.n; }', 'f()'],
    ['a static field', 'class C { static n = 0; }', 'C.n++'],
    ['a closure', 'const f = (() => { let n = 0; return () => n++; })();', 'f()'],
    ['the place of a regular expression', 'const r = /a/g;', "(r.test('aa'), r.lastIndex)"],
    ['a weak map', 'const w = new WeakMap();', '(w.has(Array) || w.set(Array, 1)) === true'],
    ['a default value', 'function f(a = []) { a.push(1); return a.length; }', 'f()'],
  ])('%s', async (_, top, look) => {
    await same(
      solution('{}', `throw new Error(String(${look}));`).replace('__deliver(', `${top}\n__deliver(`),
    );
  });
  it.each([
    ['a function of the lab', 'semaphore.left = 1', 'semaphore.left'],
    ['a method of an object of the lab', 'shared.s.wait.left = 1', 'shared.s.wait.left'],
  ])('%s', async (_, attempt, look) => {
    const worker = `try { ${attempt}; } catch (e) { me.tell(1); }\nthrow new Error(String(${look}));`;
    expect(await same(solution('{ s: semaphore(1) }', worker))).toBe('Error: undefined');
  });
  it('what a role is given', async () => {
    await same(solution('{}', 'me.left = (me.left ?? 0) + 1; throw new Error(String(me.left));'));
    await same(
      solution(
        '{ a: int32(0) }',
        'const p = Object.getPrototypeOf(shared.a); try { p.left = 1; } catch {} throw new Error(String(shared.a.left));',
      ),
    );
  });
  it('shared memory: every run begins with what share says', async () => {
    const worker = `const was = [shared.a.value, shared.b[0], shared.s.value, shared.m.tryLock(), shared.l.tryWait()].join();
      shared.a.value = 9; shared.b.fill(9); shared.s.post(); shared.l.countDown();
      throw new Error(was);`;
    const share = '{ a: int32(1), b: float64Array(2, 0.5), s: semaphore(2), m: mutex(), l: latch(1) }';
    expect(await same(solution(share, worker))).toBe('Error: 1,0.5,2,true,false');
  });
  it('would be found if something did: this is how it looks', async () => {
    // Which run it is can be learnt from the virtual clock alone where the schedules differ in length.
    const texts = await found(
      solution(
        '{}',
        'for (let i = 0; i < me.random(100); i++) me.think(); throw new Error(String(Math.random()));',
      ),
    );
    expect(new Set(texts).size).toBe(1);
    const seeds = [0, 1, 2].map((world) => bench.play({ ...controlled, world }).judgement?.detail);
    expect(new Set(seeds).size).toBe(3);
  });
  /** A program that walks from roots over everything that it can reach, and prints what can be changed. */
  const walking = (roots: string): string => `const seen = new Set();
    const faults = [];
    const walk = (value, path) => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
      seen.add(value);
      if (Object.isExtensible(value)) faults.push(path + ' is extensible');
      for (const key of Reflect.ownKeys(value)) {
        const d = Object.getOwnPropertyDescriptor(value, key);
        const name = path + '.' + String(key);
        if (d.configurable || d.writable) faults.push(name + ' can be changed');
        walk(d.value, name); walk(d.get, name + ' (get)'); walk(d.set, name + ' (set)');
      }
      walk(Object.getPrototypeOf(value), path + '.[[Prototype]]');
    };
    ${roots}
    console.log(String(seen.size));
    for (const fault of faults.slice(0, 10)) console.log(fault);`;
  const SHARE = `{ a: int32(0), b: int32Array(2), s: semaphore(0), f: semaphore(0, { strength: "fifo" }), m: mutex(),
    c: condition(), r: rwlock(), w: barrier(1), l: latch(1), e: event(), t: atomicInt32(), z: bool() }`;

  it('nothing of the language that a role can reach takes a property, or lets one be changed', async () => {
    const [reached, ...faults] = await said(
      walking(`walk(globalThis, 'globalThis');
        const made = { array: [], object: {}, regex: /x/, text: '', number: 1, generator: function* () {},
          arrow: () => {}, list: [].values(), letters: ''[Symbol.iterator](), map: new Map().entries(),
          set: new Set().values(), matches: 'a'.matchAll(/a/g), big: 1n, symbol: Symbol(), bound: (() => {}).bind(),
          klass: class {}, view: new DataView(new ArrayBuffer(8)), typed: new Float32Array(1), date: new Date(),
          proxy: new Proxy({}, {}), args: (function () { return arguments; })() };
        for (const [name, value] of Object.entries(made)) walk(Object.getPrototypeOf(Object(value)), name);
        const wrong = { recursion: () => { const f = () => f() + 1; f(); }, type: () => null.x, reference: () => nowhere,
          range: () => new Array(-1), syntax: () => JSON.parse('{'), uri: () => decodeURIComponent('%') };
        for (const [name, f] of Object.entries(wrong)) {
          try { f(); } catch (e) { walk(Object.getPrototypeOf(e), 'thrown ' + name); }
        }`),
    );
    expect(faults).toEqual([]);
    expect(Number(reached)).toBeGreaterThan(300);
  });
  it('nothing of the lab that a role can reach takes a property, or lets one be changed', async () => {
    const [, ...faults] = await said(
      walking(`for (const [name, value] of Object.entries(shared)) walk(Object.getPrototypeOf(value), name);
        for (const f of [between, solve, int32, int32Array, sleep, semaphore, mutex, condition, rwlock, barrier, latch,
          event, atomicInt32]) walk(f, f.name);
        for (const wrong of [() => mutex(), () => setTimeout, () => { throw inShare; }]) {
          try { wrong(); } catch (e) { walk(Object.getPrototypeOf(e), e.name); }
        }`),
      `(() => { try { sleep(1); } catch (e) { inShare = e; } return ${SHARE}; })()`,
      'let inShare;',
    );
    expect(faults).toEqual([]);
  });
  it('what a role can reach does not lead to how the lab makes it', async () => {
    const made = await said(
      'for (const [name, value] of Object.entries(shared)) if (value.constructor !== Object) console.log(name);',
      SHARE,
    );
    expect(made).toEqual(['b']); // an array: its methods take it for one of Array's
  });
  it('a walk like this finds what can be changed', async () => {
    const [, ...faults] = await said(walking("walk({ mine: 1 }, 'it');"));
    expect(faults).toEqual(['it is extensible', 'it.mine can be changed']);
  });
});

describe('shared memory is reached through shared objects only', () => {
  it.each([
    'shared.a.buffer',
    'shared.a.subarray',
    'Object.getPrototypeOf(Int8Array.prototype).buffer',
    "Reflect.get(Object.getPrototypeOf(Int8Array.prototype), 'buffer', shared.a)",
    'shared.a.slice().buffer',
    'Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Int8Array.prototype), "buffer")',
  ])('not through %s, also at full speed, where arrays are bare', async (way) => {
    const { ending, text } = await ends(`throw new Error(String(${way}));`, '{ a: int32Array(4) }', free);
    expect(ending).toBe(Ending.CRASH);
    expect(text).toBe('Error: undefined');
  });
  it('and objects are made in share only', async () => {
    const { ending, text } = await ends('mutex();');
    expect(ending).toBe(Ending.CRASH);
    expect(text).toContain('shared objects can only be created inside share');
    const top = solution('{}', '').replace('__deliver(', 'const m = mutex();\n__deliver(');
    await bench.use(top, { processes: 2 });
    expect(bench.play(controlled).judgement?.detail).toContain('only be created inside share');
  });
  it.each([
    ['{ n: int32(0), s: semaphore(1) }', 'sleep(1);'],
    ['(() => { const n = int32(0); n.value = 5; return { n, s: semaphore(1) }; })()', ''],
    ['(() => { const s = semaphore(2); s.wait(); return { s, n: int32(0) }; })()', ''],
  ])(
    'and share creates them, but does not use them: nobody else has begun yet: %s %s',
    async (share, top) => {
      const code = solution(share, 'shared.s.wait(); shared.n.value++; shared.s.post();');
      await bench.use(solution('{}', 'me.think();'), { processes: 2 });
      bench.play(controlled); // the same workers have played something else before
      await bench.use(code.replace('__deliver(', `${top}\n__deliver(`), { processes: 2 });
      for (let seed = 0; seed < 100; seed++) {
        const { judgement } = bench.play({ ...controlled, seed });
        expect(judgement?.kind).toMatch(/crash|misuse/);
      }
    },
  );
  it('and must come to the same objects in every process', async () => {
    const share = '{ a: int32Array(1 + Math.floor(Math.random() * 8)) }';
    await bench.use(solution(share, 'shared.a[0] = 1;'), { processes: 3 });
    const endings = Array.from({ length: 12 }, (_, world) => bench.play({ ...controlled, world }).judgement);
    expect(endings).toContainEqual({ kind: 'nondeterministic', detail: 'share' });
  });
  it('and there is an end to it: too much is refused with a number', async () => {
    const { ending, text } = await ends('', '{ a: float64Array(500_000) }');
    expect(ending).toBe(Ending.CRASH);
    expect(text).toMatch(/share needs more than the 1048576 bytes/);
  });
});
