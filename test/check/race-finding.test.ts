import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { explain } from '../../harness/check/explain.ts';
import type { Finding } from '../../harness/check/finding.ts';
import { keyOf } from '../../harness/check/judgement.ts';
import { hunt } from '../../harness/hunt/hunt.ts';
import { clean } from '../../harness/report/clean.ts';
import { findingText } from '../../harness/report/finding-text.ts';
import { lenientReplay } from '../../harness/schedule/replay.ts';
import { take } from '../../harness/schedule/schedule.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { compiled, solution, Workbench, workbench } from '../workbench.ts';

const bench = new Workbench();
afterAll(() => bench.close());
beforeEach(() => bench.ready());

/** The run in which processes go on one after the other as far as they can. */
async function inTurn(share: string, ...processes: string[]): Promise<Finding | undefined> {
  const text = processes.map((own, p) => `if (me.number === ${p}) { ${own} }`).join('\n');
  await bench.use(solution(share, `const s = shared;\n${text}`), { processes: processes.length });
  const moves = processes.map((_, p) => take(p, 1000));
  const { outcome, judgement } = bench.play({
    mode: 'controlled',
    seed: 0,
    strategy: lenientReplay,
    moves,
    positions: true,
  });
  return (
    judgement &&
    explain(workbench, bench.case, bench.seen('controlled', outcome), judgement, { strategy: '', seed: 0 })
  );
}

const inc = 's.n.value++;';
const locked = `s.l.lock(); ${inc} s.l.unlock();`;

describe('a race that does no damage', () => {
  it('rejects, with both accesses, and names the lock that others hold', async () => {
    const finding = await inTurn(
      '{ n: int32(), l: mutex(), p: semaphore(3) }',
      `s.p.wait(); ${locked}`,
      inc,
      locked,
    );
    expect(finding).toMatchObject({ kind: 'race', process: 1, accesses: [4, 6] });
    expect(finding?.trace.at(-1)).toMatchObject({ step: 6, process: 1, text: 'reads n = 1' });
    expect(finding?.message).toBe(
      'worker 0 writes n = 1 (step 4) and worker 1 reads n = 1 (step 6), and nothing orders the two: no lock, no signal, no atomic between them. On real processors they may come in either order, or at once. Elsewhere n is accessed while l is held, but here worker 1 does not hold it. Hold l at every access, reading included.',
    );
  });
  it('names no lock where nobody holds one', async () => {
    const finding = await inTurn('{ f: bool() }', 's.f.value = true;', 's.f.value;');
    expect(finding?.message).toMatch(
      /Access f only under one and the same lock, or let .* is an atomicInt32\.$/,
    );
    const array = await inTurn('{ f: boolArray(2) }', 's.f[1] = true;', 's.f[1];');
    expect(array?.message).toMatch(/worker 0 writes f\[1\] = true .* when it may\.$/);
  });
  it('does not take a semaphore that hands over for a lock', async () => {
    const finding = await inTurn(
      '{ n: int32(), p: semaphore(1) }',
      `s.p.wait(); ${inc}`,
      `${inc} s.p.post();`,
    );
    expect(finding?.message).not.toContain('p is held');
    const other = await inTurn('{ n: int32(), p: semaphore(1) }', `s.p.wait(); ${inc} s.p.post();`, inc);
    expect(other?.message).toContain('while p is held, but here worker 1 does not');
  });
  it('says which lock is held instead', async () => {
    const finding = await inTurn(
      '{ n: int32(), l: mutex(), r: rwlock() }',
      `${locked} ${locked}`,
      `s.r.readLock(); ${inc} s.r.unlock();`,
    );
    expect(finding?.message).toContain('while l is held, but here worker 1 does not hold it, but r. Hold l');
  });
  it('is shown with both lines of the source', async () => {
    const { code, file, locate } = await compiled(`import { int32, solve } from 'interleave';
import problem from 'interleave/problems/workbench';
export default solve(problem as any, {
  share: () => ({ n: int32() }),
  worker({ n }: any, me: any) {
    if (me.number === 0)
      n.value = 1;
    else
      me.tell(n.value);
  },
} as any);
`);
    await bench.use(code, { processes: 2 });
    const { outcome, judgement } = bench.play({
      mode: 'controlled',
      seed: 1,
      strategy: uniform,
      positions: true,
    });
    const view = bench.seen('controlled', outcome);
    const finding = explain(workbench, bench.case, view, judgement as never, { strategy: '', seed: 0 });
    const lines = (finding.accesses ?? []).map((n) => {
      const at = finding.trace[n - 1].location;
      return at && locate(at.line, at.column)?.line;
    });
    expect(lines.sort()).toEqual([7, 9]);
    expect(finding.location).toEqual(finding.trace.at(-1)?.location);
    expect(file).toContain('solution.ts');
    const plain = (s: string): string => s;
    const palette = new Proxy({}, { get: () => plain });
    const text = findingText(finding, { width: 100, palette, source: () => undefined } as never).map(clean);
    expect(text.join('\n')).toMatch(/The two accesses\n.*worker [01] .*\n.*worker [01] /);
  });
});

describe('a race in a run that shows damage', () => {
  it('leaves the verdict to the damage, whose message points at the race', async () => {
    const finding = await inTurn('{ n: int32(), p: semaphore(0) }', inc, `${inc} s.p.wait();`);
    expect(finding?.kind).toBe('deadlock');
    expect(finding?.message).toContain(
      'In this run there is a data race before that: worker 0 writes n = 1 (step 2) and worker 1 reads n = 1 (step 3)',
    );
  });
  it('is not named where it comes after it', async () => {
    const worker = 'if (s.n.value === 2) s.n.missing.value;';
    const finding = await inTurn('{ n: int32(2), m: int32() }', worker, 's.m.value++;', 's.m.value++;');
    expect(finding?.kind).toBe('crash');
    expect(finding?.message).not.toContain('data race');
  });
});

describe('a hunt', () => {
  const item = { case: { processes: 2 }, schedules: 200, seed: 1 };
  const load = (share: string, worker: string) =>
    bench.use(solution(share, `const s = shared;\n${worker}`), item.case);

  it('goes on after a race, and tells of it where nothing worse is met', async () => {
    await load('{ n: int32() }', inc);
    const { failure, race, schedules } = await hunt(bench, { ...item, case: bench.case });
    expect(failure).toBeUndefined();
    expect(schedules).toBe(200);
    expect(race?.failure.key).toBe('race|n');
  });
  it('prefers the damage', async () => {
    await load('{ n: int32(), p: semaphore(0) }', `${inc} if (s.n.value === 1) s.p.wait();`);
    const { failure } = await hunt(bench, { ...item, case: bench.case });
    expect(failure?.key).toBe('deadlock|');
  });
  it('finds a race by its name, and makes its schedule small', async () => {
    await load('{ m: int32(), n: int32() }', 's.m.value; s.n.value++;');
    const key = keyOf({ kind: 'race', detail: 'n' });
    const { failure } = await hunt(bench, { ...item, case: bench.case, key });
    expect(failure).toMatchObject({ key, switches: 0 });
    const other = await hunt(bench, { ...item, case: bench.case, key: keyOf({ kind: 'race', detail: 'm' }) });
    expect(other.failure).toBeUndefined();
  });
});
