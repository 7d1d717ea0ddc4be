import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { explain } from '../../harness/check/explain.ts';
import type { Finding } from '../../harness/check/finding.ts';
import { lenientReplay } from '../../harness/schedule/replay.ts';
import { roundRobin } from '../../harness/schedule/round-robin.ts';
import { take } from '../../harness/schedule/schedule.ts';
import { solution, Workbench, workbench } from '../workbench.ts';

const bench = new Workbench();
afterAll(() => bench.close());
beforeEach(() => bench.ready());

/** What a run under a fair schedule is called; with `moves`, one that begins with them and is not fair. */
async function called(
  share: string,
  processes: readonly string[],
  moves?: number[],
): Promise<Finding | undefined> {
  const text = processes.map((own, p) => `if (me.number === ${p}) { ${own} }`).join('\n');
  await bench.use(solution(share, `const s = shared;\n${text}`), { processes: processes.length });
  const { outcome, judgement } = bench.play({
    mode: 'controlled',
    seed: 1,
    strategy: moves ? lenientReplay : roundRobin,
    ...(moves && { moves }),
  });
  const found = { strategy: '', seed: 0 };
  return judgement && explain(workbench, bench.case, bench.seen('controlled', outcome), judgement, found);
}

const poll = 'while (s.go.load() === 0) me.think();';
/** Steps aside as long as the other one wants, and says so. */
const polite = (other: number) => `
  s.l.lock(); s.wants[me.number] = 1; s.l.unlock();
  for (let done = false; !done; ) {
    s.l.lock();
    if (s.turn.value === me.number) {
      if (s.wants[${other}] === 1) s.turn.value = ${other};
      else done = true;
    }
    s.l.unlock();
  }
  s.l.lock(); s.wants[me.number] = 0; s.l.unlock();`;
const POLITE = '{ l: mutex(), wants: int32Array(2, 1), turn: int32() }';

describe('a run that never ends', () => {
  it('is busy waiting where those who move see the same again and again', async () => {
    const finding = await called('{ go: atomicInt32(0) }', [poll, '']);
    expect(finding).toMatchObject({ kind: 'busy-waiting', process: 0 });
    expect(finding?.message).toMatch(/^worker 0 waits for ever by looking at go again and again, and nobody/);
  });
  it('is busy waiting where they look under a lock', async () => {
    const look = 'for (;;) { s.l.lock(); const go = s.go.value; s.l.unlock(); if (go) break; }';
    expect(await called('{ l: mutex(), go: bool() }', [look, look])).toMatchObject({ kind: 'busy-waiting' });
  });
  it('is a livelock where each gives way because the other wants', async () => {
    const finding = await called(POLITE, [polite(1), polite(0)]);
    expect(finding).toMatchObject({ kind: 'livelock' });
    expect(finding?.message).toMatch(/^worker 0 and worker 1 move for ever, and nobody gets on/);
  });
  it('is neither where a counter runs up, one goes round alone or looks at nothing, or the world sees something', async () => {
    const count = 'for (;;) s.n.add(1);';
    for (const [share, roles] of [
      ['{ n: atomicInt32() }', [count, count]],
      ['{ l: mutex() }', ['for (;;) { if (s.l.tryLock()) s.l.unlock(); }']],
      ['{ n: int32(1) }', ['for (;;) s.n.value = 1;', '']],
      ['{}', ['for (;;) me.tell(1);', 'for (;;) me.tell(2);']],
    ] as const) {
      expect((await called(share, roles))?.kind).toBe('non-terminating');
    }
  });
});

describe('what is not held against a solution', () => {
  it('a loop that reads until another process ends it', async () => {
    expect(await called('{ go: atomicInt32(0) }', [poll, 's.go.store(1);'])).toBeUndefined();
  });
  it('a lock of atomics that spins', async () => {
    const spin = 'while (s.go.exchange(1) !== 0) me.think(); me.tell(1); s.go.store(0);';
    expect(await called('{ go: atomicInt32(0) }', [spin, spin, spin])).toBeUndefined();
  });
  it('giving way to the other one, once it has had its turn', async () => {
    expect(
      await called('{ l: mutex(), wants: int32Array(2), turn: int32() }', [polite(1), '']),
    ).toBeUndefined();
  });
  it('a schedule that lets one process poll and never the one that it waits for', async () => {
    expect(
      await called('{ go: atomicInt32(0) }', [poll, 's.go.store(1);'], [take(0, 70_000)]),
    ).toBeUndefined();
  });
});
