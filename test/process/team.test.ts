import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Judgement } from '../../harness/check/judgement.ts';
import { playGiven } from '../../harness/hunt/play-given.ts';
import { processState } from '../../harness/os/proc.ts';
import { Ending, MAX_PROCESSES } from '../../harness/process/control.ts';
import type { Order } from '../../harness/process/order.ts';
import { Team } from '../../harness/process/team.ts';
import { roundRobin } from '../../harness/schedule/round-robin.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { compiled, solution, Workbench } from '../workbench.ts';
import { memoryOf } from './family.ts';

const bench = new Workbench();
afterAll(() => bench.close());
beforeEach(() => bench.ready());

const controlled: Order = { mode: 'controlled', seed: 1, strategy: uniform };
const free: Order = { mode: 'free', seed: 1, strategy: uniform };
const plain = solution(
  '{ s: semaphore(1), n: int32(0) }',
  'shared.s.wait(); shared.n.value++; shared.s.post();',
);

/** A student's file whose role does `worker`; the line of `worker` is 5. */
const text = (worker: string, share = '({})', top = ''): string => `import * as lab from 'interleave';
import problem from 'interleave/problems/workbench'; ${top}
export default lab.solve(problem, { share: () => ${share},
worker(shared: any, me: any) {
${worker}
} } as never);
`;

/** What is found where each of `processes` does `worker`: played again where a process is lost, as the hunt does. */
async function found(worker: string, order = controlled, processes = 1, share?: string, top?: string) {
  const { code, locate } = await compiled(text(worker, share, top));
  await bench.use(code, { processes });
  const { outcome, judgement } = bench.play(order);
  const j = outcome.lost ? await bench.confirm(order, outcome) : judgement;
  const at = j?.line ? locate(j.line, j.column ?? 1) : undefined;
  return { outcome, judgement: j as Judgement | undefined, line: at?.line };
}

/** The next solution finds the team as good as new. */
async function stillPlays(): Promise<void> {
  await bench.use(plain, { processes: 2 });
  expect(bench.play(controlled)).toMatchObject({ outcome: { ending: Ending.FINISHED, steps: 8 } });
  expect(bench.play(free).outcome.ending).toBe(Ending.FINISHED);
}

describe('a role that neither ends nor takes a step', () => {
  it.each([
    'for (;;);',
    'while (true) { me.x = (me.x ?? 0) + 1; }',
    'do me.x = 1; while (me.x);',
    'for (const x of (function* () { for (;;) yield 1; })()) me.x = x;',
    'const f = (n: number): number => n ? f(n - 1) : 0; for (const k in { a: 1 }) for (;;) f(9);',
    'const o = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) }; for (const x of o) me.x = x;',
    'const o = { get x() { return me; } }; let p = o.x; for (;;) p = o.x;',
    'let x = 0; [1].forEach(() => { for (;;) x++; });',
  ])('is found by counting, at its line: %s', async (worker) => {
    const { judgement, line } = await found(worker);
    expect(judgement).toMatchObject({ kind: 'non-terminating', detail: 'loop', process: 0 });
    expect(line).toBe(5);
  });
  it('is found also in share, and at the top of the file', async () => {
    const share = await found('', controlled, 1, '{ for (;;); }');
    expect(share.judgement).toMatchObject({ kind: 'non-terminating', detail: 'loop' });
    expect(share.line).toBe(3);
    const top = await found('', controlled, 1, undefined, 'for (;;);');
    expect(top.judgement).toMatchObject({ kind: 'non-terminating', detail: 'loop' });
    expect(top.line).toBe(2);
    await stillPlays();
  });
  it('is found also where it catches what should end it', async () => {
    const { judgement } = await found('for (;;) { try { for (;;); } catch {} }');
    expect(judgement?.kind).toMatch(/crash|non-terminating/);
    await stillPlays();
  });
  it('is found in a free run', async () => {
    const { judgement } = await found('for (;;);', free);
    expect(judgement).toMatchObject({ kind: 'non-terminating' });
    await stillPlays();
  });
  it('is found where it hangs inside a single call, which nobody can count: it is killed and replaced', async () => {
    const { judgement } = await found("/(a+)+b/.test('a'.repeat(40));");
    expect(judgement).toMatchObject({ kind: 'non-terminating', detail: 'call', process: 0 });
    await stillPlays();
  });
  it('is not one that only takes its time', async () => {
    const { judgement } = await found('let x = 0; for (let i = 0; i < 5_000_000; i++) x += i; me.think();');
    expect(judgement).toBeUndefined();
  });
  it('is told from one that steps for ever: there the bound on steps ends it', async () => {
    const { outcome, judgement } = await found('for (;;) me.think();');
    expect(outcome.ending).toBe(Ending.BOUND);
    expect(judgement).toMatchObject({ kind: 'non-terminating', detail: 'steps' });
    await stillPlays();
  });
});

describe('a run that is over', () => {
  const stuck = '({ s: lab.semaphore(0), m: lab.mutex() })';
  it.each([
    ['once', 'try { shared.s.wait(); } catch {}'],
    ['and tries again, for ever', 'for (;;) { try { shared.s.wait(); } catch {} }'],
    ['and takes other steps', 'try { shared.s.wait(); } catch { me.think(); shared.m.lock(); me.tell(1); }'],
    ['in finally', 'for (let i = 0; i < 3; i++) { try { shared.s.wait(); } finally { continue; } }'],
    ['and throws another', "try { shared.s.wait(); } catch { throw new Error('mine'); }"],
    ['and computes for ever', 'try { shared.s.wait(); } catch { for (;;); }'],
    ['and sleeps', 'for (;;) try { shared.s.wait(); } catch { lab.sleep(1000); }'],
  ])('stays over where a role swallows the exception that ends it %s', async (_, worker) => {
    for (const order of [controlled, free]) {
      const { outcome, judgement } = await found(worker, order, 2, stuck);
      expect(outcome.ending).toBe(Ending.DEADLOCK);
      expect(judgement).toEqual({ kind: 'deadlock' });
      await bench.ready();
    }
    await stillPlays();
  });
  it('takes no more steps', async () => {
    const worker = `try { if (me.number) shared.s.wait(); else throw new Error('first'); }
      finally { try { shared.n.value = 7; me.tell(5); } catch {} }`;
    const { outcome, judgement } = await found(
      worker,
      controlled,
      2,
      '({ s: lab.semaphore(0), n: lab.int32(0) })',
    );
    expect(judgement).toMatchObject({ kind: 'crash', detail: 'Error: first', process: 0 });
    // What the one that crashes still does in its finally is part of its life; the other one's is not.
    expect(outcome.steps).toBeLessThanOrEqual(2);
  });
});

describe('a role that ends its process, or tries to', () => {
  it('with more memory than there is, is a crash that says so; the others are not harmed', async () => {
    const { judgement } = await found('const a = []; for (;;) a.push(new Array(1000).fill(me));');
    expect(judgement).toMatchObject({ kind: 'crash', process: 0 });
    expect(judgement?.detail).toMatch(/its process was ended by .*most likely it ran out of memory/);
    await stillPlays();
  });
  it.each([
    [
      'const a = []; for (;;) a.push(new Uint8Array(1e8).fill(1));',
      'RangeError: Array buffer allocation failed',
    ],
    ["let s = 'ab'; for (;;) s += s;", 'RangeError: Invalid string length'],
    ['new Array(-1);', 'RangeError: Invalid array length'],
    ['const f = (): number => f() + 1; f();', 'RangeError: Maximum call stack size exceeded'],
  ])('with what the language forbids, is an exception at its line: %s', async (worker, message) => {
    const { judgement, line } = await found(worker);
    expect(judgement).toMatchObject({ kind: 'crash', detail: message });
    expect(line).toBe(5);
    await stillPlays();
  });
  it.each([
    ["throw 'text';", "threw 'text'"],
    ['throw undefined;', 'threw undefined'],
    ['throw null;', 'threw null'],
    ['throw 7n;', 'threw 7'],
    ["throw Symbol('s');", 'threw Symbol(s)'],
    ["throw Object.assign(new Error('one'), { name: 'Own' });", 'Own: one'],
    ["class Mine extends Error { name = 'Mine'; } throw new Mine('two', { cause: 1 });", 'Mine: two'],
    ["throw { toString() { throw new Error('never'); } };", 'threw something that cannot be shown'],
    [
      "throw Object.defineProperty(new Error('x'), 'message', { get() { throw 1; } });",
      'threw something that cannot be shown',
    ],
    ["throw new Proxy(new Error('x'), { get() { throw 1; } });", 'threw something that cannot be shown'],
    ["throw new Error('x'.repeat(5000));", `Error: ${'x'.repeat(993)}`],
  ])('by an exception of any kind, is told what it threw: %s', async (worker, detail) => {
    const { judgement } = await found(worker);
    expect(judgement).toMatchObject({ kind: 'crash', process: 0, detail });
  });
  it('takes no step while its exception is shown', async () => {
    const worker = `throw { get message() { return 1; }, toString() { shared.s.post(); me.tell(1); return 'late'; } };`;
    const { outcome } = await found(worker, controlled, 1, '({ s: lab.semaphore(0) })');
    expect(outcome.steps).toBe(0);
  });
  it.each([
    ['in share', '(() => { const s = lab.semaphore(1); s.wait(); return { s }; })()', '', 3],
    ['at the top of the file', undefined, 'lab.sleep(1);', 2],
  ])('by a step %s, is told so at its line', async (_, share, top, at) => {
    const { judgement, line, outcome } = await found('me.think();', controlled, 2, share, top);
    expect(judgement?.detail).toMatch(/^Outside(Role|Share): /);
    expect({ kind: judgement?.kind, line, steps: outcome.steps }).toEqual({
      kind: 'crash',
      line: at,
      steps: 0,
    });
  });
  it('before anybody has taken a step, is the lowest-numbered one that does', async () => {
    for (let seed = 0; seed < 10; seed++) {
      const { judgement } = await found(
        "if (me.number) throw new Error('' + me.number);",
        { ...controlled, seed },
        4,
      );
      expect(judgement).toMatchObject({ kind: 'crash', detail: 'Error: 1', process: 1 });
    }
  });
  it.each(['return {};', 'return [];'])(
    'by returning an object, is told that it ran as no plain function: %s',
    async (worker) => {
      const { judgement } = await found(worker);
      expect(judgement?.detail).toContain("the role 'worker' returned an object: a role is a plain function");
    },
  );
  it('by returning early, leaves the others to go on', async () => {
    const { judgement, outcome } = await found(
      'if (me.number === 1) return; me.think(); return 5;',
      controlled,
      3,
    );
    expect(judgement).toBeUndefined();
    expect(outcome.steps).toBe(2);
  });
});

describe('what a role prints', () => {
  it('is shown where a run is replayed, with who said it, and dropped while hunting', async () => {
    const { code } = await compiled(
      text(
        "console.log('I am', me.number, { a: [1] }, null, undefined, 3n); const f = () => 1; console.error(Symbol('s'), f);",
      ),
    );
    await bench.use(code, { processes: 2 });
    bench.play(controlled);
    const { said } = await playGiven(bench, bench.case, 'v1');
    expect(said.map((s) => s.process).sort()).toEqual([0, 0, 1, 1]);
    expect(said.filter((s) => s.process === 1).map((s) => s.text)).toEqual([
      'I am 1 {"a":[1]} null undefined 3',
      'Symbol(s) [function f]',
    ]);
  });
  it('has an end: what is too long is cut, what is too much is dropped', async () => {
    const { code } = await compiled(text("for (let i = 0; i < 500; i++) console.log('x'.repeat(600));"));
    await bench.use(code, { processes: 1 });
    const { said, saidMore } = await playGiven(bench, bench.case, 'v1');
    expect(said.length).toBeGreaterThan(50);
    expect(said.length).toBeLessThan(500);
    expect(saidMore).toBe(true);
    expect(said.every((s) => s.text === `${'x'.repeat(500)}…`)).toBe(true);
  });
});

describe('a team', () => {
  it('grows with the case, and plays as many processes as it says', async () => {
    const counting = solution('{ n: atomicInt32(0) }', 'shared.n.add(1); me.tell(me.number);');
    for (const processes of [1, 3, 2, 8, 1, 5]) {
      await bench.use(counting, { processes });
      const { outcome } = bench.play({ ...controlled, strategy: roundRobin });
      expect(outcome).toMatchObject({ ending: Ending.FINISHED, steps: 2 * processes });
      expect(bench.team.data[bench.objects[0].at]).toBe(processes);
    }
  });
  it('takes as many processes as a run may have, and refuses more', async () => {
    const many = solution('{ n: atomicInt32(0) }', 'shared.n.add(1);');
    await bench.use(many, { processes: MAX_PROCESSES });
    expect(bench.play(controlled).outcome).toMatchObject({ ending: Ending.FINISHED, steps: MAX_PROCESSES });
    await expect(bench.use(many, { processes: MAX_PROCESSES + 1 })).rejects.toThrow(
      /33 processes; a run has at most 32/,
    );
    await stillPlays();
    await bench.team.close(); // or the tests below would start all of them again and again
  });
  it('calls shared objects by their place in what share returned', async () => {
    const share = `(() => { const shared = mutex(); return { shared, again: shared, list: [semaphore(1), [int32(0)]], deep: { er: { e: { st: latch(1) } } },
      fn: () => 1, get hidden() { throw new Error('never'); } }; })()`;
    await bench.use(solution(`${share}`, ''), { processes: 2 });
    bench.play(controlled);
    expect(bench.objects.map((o) => o.name)).toEqual(['shared', 'list[0]', 'list[1][0]', 'deep.er.e.st']);
    expect(bench.objects.map((o) => o.kind)).toEqual(['mutex', 'semaphore', 'int32', 'latch']);
  });
  it.each<[string, () => Promise<unknown>]>([
    ['in the next run', async () => bench.play(controlled)],
    ['when a case is entered', () => bench.enter({ processes: 2 })],
    ['when a case with more processes is entered', () => bench.enter({ processes: 5 })],
    ['when a solution is loaded', () => bench.use(plain, { processes: 2 })],
  ])('notices a worker that was killed meanwhile, %s, and replaces it', async (_, next) => {
    await bench.use(plain, { processes: 3 });
    for (const [wait, victim] of [
      [0, 0],
      [30, 2],
    ]) {
      process.kill(bench.team.pids[victim], 'SIGKILL');
      await delay(wait);
      const played = (await next()) as { outcome?: { lost?: object } } | undefined;
      if (played?.outcome?.lost)
        expect(await bench.confirm(controlled, played.outcome as never)).toBeUndefined();
      await bench.ready();
      await bench.use(plain, { processes: 3 });
      expect(bench.play(controlled).outcome).toMatchObject({ ending: Ending.FINISHED, steps: 12 });
    }
  });
  it('notices workers that are killed during runs, and repeats these: no verdict is another for it', async () => {
    const busy = solution(
      '{ s: semaphore(1), n: int32(0) }',
      'for (let i = 0; i < 300; i++) { shared.s.wait(); shared.n.value++; shared.s.post(); }',
    );
    await bench.use(busy, { processes: 2 });
    let lost = 0;
    for (let seed = 0; seed < 12; seed++) {
      const order = { ...(seed % 2 ? controlled : free), seed };
      // From another process: this one is blocked while a run is played.
      const killer = killLater(bench.team.pids[seed % 2], seed % 4);
      for (let i = 0; i < 20; i++) {
        const { outcome, judgement } = bench.play(order);
        const j = outcome.lost ? await bench.confirm(order, outcome) : judgement;
        if (outcome.lost) lost++;
        expect(j).toBeUndefined();
        await bench.ready();
      }
      await killer;
    }
    expect(lost).toBeGreaterThan(3);
  });
  it('that is broken refuses to play until it is mended', async () => {
    await bench.use(plain, { processes: 2 });
    process.kill(bench.team.pids[1], 'SIGKILL');
    expect(bench.play(controlled).outcome.lost).toEqual({ process: 1, how: 'died' });
    expect(() => bench.team.play(controlled)).toThrow('mend it first');
    await bench.team.mend();
    expect(bench.play(controlled).outcome.ending).toBe(Ending.FINISHED);
  });
  it('leaves nothing when it is disposed of: no process, no descriptor', async () => {
    const team = new Team();
    await team
      .load(
        {
          problem: '(function (a, b, d) { d({ id: "x", specification: { events: {} }, roles: {} }); })',
          solution: plain,
        },
        3,
      )
      .catch(() => {});
    const { pids } = team;
    expect(pids).toHaveLength(3);
    const open = memoryOf(pids[0]);
    expect(open).toHaveLength(2); // what all share, and the page of the one name that may be opened: os/reopen.ts
    await team.dispose();
    for (const pid of pids) expect('ZX').toContain(processState(pid).state);
    for (const pid of pids) expect(memoryOf(pid)).toEqual([]);
  });
});

/** Kills process `pid` after some milliseconds, from a process of its own. */
async function killLater(pid: number, milliseconds: number): Promise<void> {
  const { spawn } = await import('node:child_process');
  const child = spawn('sh', ['-c', `sleep 0.0${10 + milliseconds * 7}; kill -9 ${pid}`], { stdio: 'ignore' });
  await new Promise((done) => child.once('exit', done));
}
