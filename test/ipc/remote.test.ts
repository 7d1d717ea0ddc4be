// Objects that processes call from afar, by references.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { explain } from '../../harness/check/explain.ts';
import type { Judgement } from '../../harness/check/judgement.ts';
import { Ending } from '../../harness/process/control.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { atFullSpeed } from '../laws/message-crowd.ts';
import { workbench } from '../workbench.ts';
import { Stage } from './stage.ts';

const stage = new Stage('remote');
const mortal = new Stage('remote', { besides: 'faults: { kills: 1 },' });
afterAll(async () => {
  await stage.close();
  await mortal.close();
});
beforeEach(() => stage.ready());

const SEEDS = Array.from({ length: 10 }, (_, seed) => seed);

/** Everybody has `r`; process 0 does `first`, process 1 `second`, and so on. */
const load = (on: Stage, ...roles: string[]): Promise<void> =>
  on.load(
    '{ r: remote(), ready: latch(1), other: latch(1) }',
    `const { r, ready, other } = shared;
     const coded = (code, f) => { try { f(); return false; } catch (e) { if (e.code !== code) throw e; return true; } };
     [${roles.map((role) => `() => { ${role} }`).join(', ')}][me.number]();`,
    roles.length,
  );

/** Under some schedules, and at full speed. */
async function expectTold(...told: number[][]): Promise<void> {
  const free = await atFullSpeed(stage);
  for (const ran of [...SEEDS.map((seed) => stage.controlled(seed)), free]) {
    expect(ran.judgement).toBeUndefined();
    expect(ran.outcome.ending).toBe(Ending.FINISHED);
    expect(ran.told).toEqual(told);
  }
}

describe('calls of a remote object', () => {
  it('run in the process that has it, one after the other, and return what its methods return', async () => {
    const add = "const c = r.lookup('counter'); me.tell(c.call('add', 5) >= 5 && c.call('add', 5) >= 10);";
    await load(
      stage,
      "let n = 0; r.export('counter', { add: (by) => { n += by; return n; } }); r.serve(); me.tell(n);",
      add,
      add,
    );
    for (const seed of SEEDS) {
      const ran = stage.controlled(seed);
      expect([ran.judgement, ran.told]).toEqual([undefined, [[20], [1], [1]]]);
      expect(stage.replayed(ran)).toBeUndefined();
    }
    expect((await atFullSpeed(stage)).told).toEqual([[20], [1], [1]]);
  });

  it('take values as they are, whatever they are made of, and never by reference', async () => {
    await load(
      stage,
      `r.export('mirror', {
         same: (x) => x,
         spoil: (x) => { x.list.push(4); x.text = ''; return x.list.length; },
       });
       r.serve();`,
      `const m = r.lookup('mirror');
       const back = (x) => m.call('same', x);
       for (const x of [0, -1.5, NaN, -0, Infinity, 2 ** 53, '', 'Ærøskøbing 😀', true, null, undefined])
         me.tell(Object.is(back(x), x));
       const x = { list: [1, 2, 3], text: 'a', deep: { null: null, none: undefined, '': [[], {}] }, ['__proto__']: 1 };
       const y = back(x);
       me.tell(JSON.stringify(y) === JSON.stringify(x) && 'none' in y.deep && y.list !== x.list && Object.hasOwn(y, '__proto__'));
       me.tell(m.call('spoil', x)); me.tell(x.list.length);
       me.tell(m.call('same', 'x'.repeat(60000)).length);`,
    );
    await expectTold([], [...new Array(12).fill(1), 4, 3, 60_000]);
  });

  it('do not take what cannot be sent, and say what that is', async () => {
    await load(
      stage,
      "r.export('o', { f: () => {}, g: () => () => {} }); r.serve();",
      `const o = r.lookup('o');
       const ring = []; ring.push(ring);
       for (const [x, says] of [[() => {}, 'function'], [new Map(), 'no plain object'], [{ a: [ring] }, 'what is given.a[0][0] contains itself'], [5n, 'bigint'], ['x'.repeat(70000), '65536']])
         try { o.call('f', x); me.tell(0); } catch (e) { me.tell(e.message.includes(says)); }
       try { o.call('g'); } catch (e) { me.tell(e.code === 'THROWN' && e.thrown.name === 'TypeError'); }`,
    );
    await expectTold([], [1, 1, 1, 1, 1, 1]);
  });

  it('throw what the method threw, with its message, and the object goes on', async () => {
    await load(
      stage,
      "r.export('o', { f: () => { throw new RangeError('too many'); }, g: () => { throw 'text'; }, h: () => 7 }); r.serve();",
      `const o = r.lookup('o');
       const e1 = (() => { try { o.call('f'); } catch (e) { return e; } })();
       me.tell(e1 instanceof RemoteError && e1.code === 'THROWN' && e1.message === 'f failed: RangeError: too many' && e1.thrown.message === 'too many');
       try { o.call('g'); } catch (e) { me.tell(e.thrown.message === 'text'); }
       me.tell(coded('NO_METHOD', () => o.call('k')));
       me.tell(o.call('h'));`,
    );
    await expectTold([], [1, 1, 1, 7]);
  });

  it('end the run by a misuse within a method, and do not take that for an exception of its own', async () => {
    await load(
      stage,
      "r.export('o', { f: (b) => { b.release(); b.release(); } }); r.serve();",
      "try { r.lookup('o').call('f', r.object({})); } catch (e) { if (e instanceof RemoteError) me.tell(1); throw e; }",
    );
    for (const ran of [stage.controlled(0), stage.controlled(1)]) {
      expect(ran.judgement).toMatchObject({ kind: 'misuse', process: 0 });
      expect(ran.all).toEqual([]);
    }
  });

  it('go through messages at home too, but do not wait there', async () => {
    await load(
      stage,
      `const list = [1];
       const o = r.object({ f: (l) => { l.push(2); return l; }, g: () => { throw new Error('x'); } });
       me.tell(o.call('f', list).length); me.tell(list.length);
       me.tell(coded('THROWN', () => o.call('g')));
       let n = 0;
       const p = r.object({ later: (by) => { n += by; } });
       p.send('later', 3); me.tell(n); r.serve(); me.tell(n);`,
    );
    await expectTold([2, 1, 1, 0, 3]);
  });

  it('find methods of classes, and nothing that every object has', async () => {
    await load(
      stage,
      "class Counter { #n = 0; add(by) { this.#n += by; return this.#n; } } r.export('o', new Counter()); r.serve();",
      `const o = r.lookup('o'); me.tell(o.call('add', 2)); me.tell(o.call('add', 2));
       for (const name of ['constructor', 'toString', '__proto__', 'sub']) me.tell(coded('NO_METHOD', () => o.call(name)));`,
    );
    await expectTold([], [2, 4, 1, 1, 1, 1]);
  });

  it('one way do not wait, keep their order, and what they throw is thrown where they run', async () => {
    await load(
      stage,
      "let last = 0; r.export('o', { f: (n) => { if (n !== last + 1) throw new Error(n); last = n; } }); r.serve(() => last === 3); me.tell(last);",
      "const o = r.lookup('o'); for (let n = 1; n <= 3; n++) o.send('f', n);",
    );
    await expectTold([3], []);
    await load(
      stage,
      "r.export('o', { f: () => { throw new Error('boom'); } }); r.serve();",
      "r.lookup('o').send('f');",
    );
    expect(stage.controlled(0).judgement).toMatchObject({ kind: 'crash', process: 0 });
  });
});

describe('references', () => {
  it('lead to the same object, and home again', async () => {
    await load(
      stage,
      `const items = [];
       r.export('shop', {
         make: () => { const n = items.length; const item = r.object({ number: () => n }); items.push(item); return item; },
         is: (item, n) => item === items[n],
       });
       r.serve();`,
      `const shop = r.lookup('shop');
       const a = shop.call('make'); const b = shop.call('make');
       me.tell(a === b); me.tell(b.call('number'));
       me.tell(shop.call('is', a, 0)); me.tell(shop.call('is', b, 0));
       me.tell(r.lookup('shop') === shop);`,
    );
    await expectTold([], [0, 1, 1, 0, 1]);
  });

  it('can be passed on to a third process, which calls the home itself', async () => {
    await load(
      stage,
      "r.export('counter', { add: (n) => n + 1 }); r.serve(); me.tell(1);",
      "const c = r.lookup('counter'); const o = r.lookup('other'); o.call('take', { c, list: [c] }); c.release(); other.countDown();",
      `let got;
       r.export('other', { take: ({ c, list }) => { got = c === list[0] ? c : undefined; } });
       r.serve(() => got !== undefined);
       other.wait();
       me.tell(got.call('add', 4));`,
    );
    await expectTold([1], [], [5]);
  });

  it('tell the home when the last one is released, and not before', async () => {
    const holder = "const o = r.lookup('o'); me.tell(o.call('f')); o.release();";
    await load(
      stage,
      `let calls = 0; let over = false;
       const o = r.export('o', { f: () => ++calls <= 2 }, { unreferenced: () => { me.tell(calls); over = true; } });
       me.tell(r.holders(o)); r.serve(() => over); me.tell(r.holders(o));`,
      holder,
      holder,
    );
    await expectTold([2, 2, 0], [1], [1]);
  });

  it('are held while they are on their way from one to another, whoever releases what meanwhile', async () => {
    await load(
      stage,
      `let calls = 0; let over = false;
       const thing = r.object({ f: () => { calls++; } }, { unreferenced: () => { me.tell(calls); over = true; } });
       r.export('shop', { buy: () => thing });
       r.serve(() => over);`,
      "const t = r.lookup('shop').call('buy'); r.lookup('heir').send('take', t); t.release();",
      `let got = 0;
       r.export('heir', { take: (t) => { got++; t.call('f'); t.release(); } });
       r.serve(() => got === 1);`,
    );
    await expectTold([1], [], []);
    // Given twice, on two ways: both are given back.
    await load(
      stage,
      `let calls = 0; let over = false;
       const thing = r.object({ f: () => { calls++; } }, { unreferenced: () => { me.tell(calls); over = true; } });
       r.export('shop', { buy: () => thing });
       r.serve(() => over);`,
      "const t = r.lookup('shop').call('buy'); r.lookup('heir').call('take', t); t.release();",
      `let got = 0;
       r.export('heir', { take: (t) => { got++; } });
       const mine = r.lookup('shop').call('buy');
       r.serve(() => got === 1);
       mine.call('f'); mine.release();`,
    );
    await expectTold([1], [], []);
  });

  it('cannot be used once they are released', async () => {
    for (const use of ["o.call('f')", "o.send('f')", 'o.release()', "r.lookup('p').call('f', o)"]) {
      await load(
        stage,
        "r.export('o', { f() {} }); r.export('p', { f() {} }); r.serve();",
        `const o = r.lookup('o'); o.release(); ${use};`,
      );
      for (const ran of [stage.controlled(0), await atFullSpeed(stage)]) {
        expect(ran.judgement, use).toMatchObject({ kind: 'misuse', process: 1 });
        expect(ran.judgement?.detail).toContain('release');
      }
    }
  });

  it('can be looked up again, and are held again', async () => {
    await load(
      stage,
      `let told = 0;
       const o = r.export('o', { f: () => 7, done: () => r.holders(o) }, { unreferenced: () => { told++; } });
       r.serve(); me.tell(told > 0);`,
      `const first = r.lookup('o'); first.release();
       const o = r.lookup('o'); me.tell(o !== first); me.tell(o.call('f')); me.tell(o.call('done'));`,
    );
    await expectTold([1], [1, 7, 1]);
  });

  it('lead nowhere once the object is withdrawn', async () => {
    await load(
      stage,
      "const o = r.export('o', { f: () => { r.unexport(o); return 1; } }); r.serve();",
      "const o = r.lookup('o'); me.tell(o.call('f')); o.send('f'); me.tell(coded('NO_OBJECT', () => o.call('f'))); o.release();",
    );
    await expectTold([], [1, 1]);
  });
});

describe('names', () => {
  it('are waited for, in vain where nobody exports any: deadlock', async () => {
    await load(stage, 'other.wait();', "r.lookup('o');");
    for (const ran of [stage.controlled(0), await atFullSpeed(stage)])
      expect(ran.judgement).toMatchObject({ kind: 'deadlock' });
  });

  it('lead nowhere where the others have ended', async () => {
    await load(
      stage,
      "r.export('o', { f() {} });",
      "me.tell(coded('NO_NAME', () => r.lookup('p'))); me.tell(coded('GONE', () => r.lookup('o')));",
    );
    await expectTold([], [1, 1]);
  });

  it('are given once', async () => {
    await load(
      stage,
      "r.export('o', {}); try { r.export('o', {}); } catch (e) { me.tell(e.message.includes(\"'o'\")); }",
    );
    await expectTold([1]);
  });
});

/** A server that calls its caller back, and a caller with this rule. */
const callback = (rule: string, calls = 1): string[] => [
  `r.export('o', { f: (back) => back.call('g') + 1 }); r.serve();`,
  `${rule === '' ? '' : `r.serveWhileWaiting('${rule}');`}
   const back = r.object({ g: () => 4 }); for (let n = 0; n < ${calls}; n++) me.tell(r.lookup('o').call('f', back));`,
];

describe('a call back to a caller that waits', () => {
  it('is a deadlock where the caller serves nothing meanwhile, told as a circle', async () => {
    await load(stage, ...callback(''));
    for (const seed of SEEDS) {
      const ran = stage.controlled(seed);
      expect(ran.judgement).toMatchObject({ kind: 'deadlock' });
      const found = { strategy: 'uniform', seed };
      const view = stage.seen('controlled', ran.outcome);
      const { cycle, message } = explain(
        workbench,
        { processes: 2 },
        view,
        ran.judgement as Judgement,
        found,
      );
      expect([...(cycle ?? [])].sort()).toEqual([0, 1]);
      expect(message).toContain('worker 1 has called worker 0 and waits for its answer');
      expect(message).toContain('serveWhileWaiting');
      expect(stage.replayed(ran)).toBeUndefined();
    }
    expect((await atFullSpeed(stage)).judgement).toMatchObject({ kind: 'deadlock' });
  });

  it.each(['callbacks', 'everything'])('is served where the caller serves %s meanwhile', async (rule) => {
    await load(stage, ...callback(rule, 2));
    await expectTold([], [5, 5]);
  });

  /** Whoever registers is called back on somebody else's call, and may wait for the same object then. */
  const registered = (rule: string): string[] => [
    `let back;
     r.export('o', { register: (b) => { back = b; }, f: () => back.call('g'), nothing: () => {} });
     r.serve();`,
    "const o = r.lookup('o'); ready.wait(); me.tell(o.call('f'));",
    `r.serveWhileWaiting('${rule}');
     const o = r.lookup('o'); let done = false;
     o.call('register', r.object({ g: () => { done = true; return 7; } }));
     ready.countDown();
     o.call('nothing');
     r.serve(() => done);`,
  ];

  it('on the call of another one is served by who serves everything', async () => {
    await load(stage, ...registered('everything'));
    await expectTold([], [7], []);
  });

  it('on the call of another one is not served by who serves callbacks', async () => {
    await load(stage, ...registered('callbacks'));
    const endings = SEEDS.map((seed) => stage.controlled(seed).judgement?.kind);
    expect(new Set(endings)).toEqual(new Set(['deadlock', undefined]));
  });
});

describe('the end of a process', () => {
  it('ends the waiting of those who have called it, and says that nobody knows', async () => {
    await load(
      stage,
      "class Gone extends Error {} let n = 0; r.export('o', { f: () => 1 }); r.serve(() => ++n > 3);",
      "const o = r.lookup('o'); ready.countDown(); try { for (;;) o.call('f'); } catch (e) { me.tell(e.code === 'GONE' || e.code === 'NO_ANSWER'); }",
    );
    await expectTold([], [1]);
  });

  it('by a kill gives back what it held, at every step where it can happen', async () => {
    await mortal.ready();
    await load(
      mortal,
      "let told = 0; const o = r.export('o', { f: (b) => 1 }, { unreferenced: () => { told = 1; } }); const held = r.holders(o); r.serve(); me.tell(told === held && r.holders(o) === 0);",
      "const o = r.lookup('o'); o.call('f', r.object({})); other.countDown();",
    );
    const seen = new Set<boolean>();
    for (let seed = 0; seed < 60; seed++) {
      const ran = mortal.ran({ mode: 'controlled', seed, strategy: uniform, length: 14 });
      if (ran.killed.includes(0)) {
        expect([Ending.FINISHED, Ending.CRASH]).toContain(ran.outcome.ending);
        continue;
      }
      seen.add(ran.killed.length > 0);
      expect([ran.judgement, ran.told[0]]).toEqual([undefined, [1]]);
      expect(mortal.replayed(ran)).toBeUndefined();
    }
    expect([...seen].sort()).toEqual([false, true]);
  });

  it('by a real SIGKILL leaves nothing open, and is the same', async () => {
    await mortal.ready();
    await load(
      mortal,
      "r.export('o', { f: () => 1 }); r.serve(); me.tell(5);",
      "const o = r.lookup('o'); for (let n = 0; n < 3; n++) o.call('f');",
    );
    const before = mortal.openFiles().map((files) => files.length);
    let killed = 0;
    for (let seed = 0; seed < 12 && killed < 2; seed++) {
      const ran = mortal.ran({ mode: 'controlled', seed, strategy: uniform, length: 14 });
      if (!ran.killed.includes(1)) continue;
      killed++;
      const really = mortal.ran({ mode: 'controlled', seed, strategy: uniform, length: 14, exact: true });
      expect([really.told, really.judgement]).toEqual([ran.told, undefined]);
      await mortal.ready();
    }
    expect(killed).toBeGreaterThan(0);
    expect(mortal.openFiles().map((files) => files.length)).toEqual(before);
  });
});

describe('remote', () => {
  it('shows its steps', async () => {
    await load(stage, "r.export('o', { f: () => 1 }); r.serve();", "r.lookup('o').call('f');");
    const steps = stage.steps('v1 a1 b3 a3 b1');
    expect(steps.slice(0, 8)).toEqual([
      'a: r[worker 1].name(16 bytes)',
      'b: r[worker 1].awaitName() → the name of an object, from process 0',
      'b: r[worker 0].call(14 bytes)',
      'b: r[worker 1].awaitAnswer(process 0) has to wait',
      'a: r[worker 0].serve() → a call, from process 1',
      'a: r[worker 1].answer(7 bytes)',
      'a: r[worker 0].serve() has to wait',
      'b: r[worker 1].awaitAnswer() → a result, from process 0',
    ]);
  });

  it('waits for room in an inbox that nobody reads: two that send each other are a deadlock', async () => {
    const floods = (mine: string, others: string): string =>
      `r.export('${mine}', { f() {} }); const o = r.lookup('${others}'); for (let n = 0; n < 2000; n++) o.send('f', 'x'.repeat(50000));`;
    await load(stage, floods('a', 'b'), floods('b', 'a'));
    for (const ran of [stage.controlled(0), await atFullSpeed(stage)])
      expect(ran.judgement).toMatchObject({ kind: 'deadlock' });
  });
});
