import { afterAll, describe, expect, it } from 'vitest';
import { explain } from '../../harness/check/explain.ts';
import { eachEvent, KILLED } from '../../harness/check/run-view.ts';
import type { Played } from '../../harness/hunt/session.ts';
import { Ending } from '../../harness/process/control.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { parse } from '../../harness/schedule/schedule.ts';
import { solution, TOLD, Workbench } from '../workbench.ts';

const bench = new Workbench('faults: { kills: 1 },');
const nervous = new Workbench('faults: { spurious: 1 },');
afterAll(() => Promise.all([bench.close(), nervous.close()]));

/** Plays a schedule with real kills. What each process has told, in order: `b1`; and who was killed: `a†`. */
async function played(
  share: string,
  worker: string,
  processes: number,
  schedule: string,
): Promise<Played & { told: string }> {
  await bench.use(solution(share, worker), { processes });
  const { moves } = parse(schedule);
  const run = bench.play({ mode: 'controlled', seed: 0, strategy: replay, moves, positions: true });
  const told: string[] = [];
  eachEvent(bench.seen('controlled', run.outcome), (p, event, value) => {
    told.push(`${'abcd'[p]}${event === KILLED ? '†' : value / TOLD}`);
    return false;
  });
  return { ...run, told: told.join(' ') };
}

describe('a process that is killed', () => {
  it('dies by SIGKILL, does nothing more, and is replaced', async () => {
    const worker = 'try { me.tell(1); me.tell(2); } finally { me.tell(3); }';
    const { outcome, told } = await played('{ n: int32() }', worker, 2, 'v1 a1 c1');
    expect(told).toBe('a1 a† b1 b2 b3');
    expect(outcome).toMatchObject({ ending: Ending.FINISHED });
    expect(outcome.lost).toBeUndefined();
    expect(await bench.team.howEnded(0)).toBe('SIGKILL');
    const [dead] = bench.team.pids;
    await bench.ready();
    expect(bench.team.pids[0]).not.toBe(dead);
    const { moves } = parse('v1 a1');
    expect(bench.play({ mode: 'controlled', seed: 0, strategy: replay, moves }).outcome.ending).toBe(
      Ending.FINISHED,
    );
  });
  it('is killed while it waits, too, even where nobody else can go on', async () => {
    const worker = 'if (me.number === 0) s.wait(); me.tell(1);'.replace('s.', 'shared.s.');
    expect((await played('{ s: semaphore(0) }', worker, 2, 'v1 c1 b1')).told).toBe('a† b1');
    const late = await played('{ s: semaphore(0) }', worker, 2, 'v1 b1 c1');
    expect(late.told).toBe('b1 a†');
    expect(late.outcome.ending).toBe(Ending.FINISHED);
  });
  it('is killed once, and not after its role has ended', async () => {
    const twice = await played('{}', 'me.tell(1);', 3, 'v1 d1 e1');
    expect(twice.outcome).toMatchObject({ ending: Ending.UNFIT, steps: 1 });
    const late = await played('{}', 'me.tell(1);', 2, 'v1 a1 c1');
    expect(late.outcome).toMatchObject({ ending: Ending.UNFIT, steps: 1 });
  });
  it('keeps a plain mutex for ever, and the finding says so', async () => {
    const run = await played('{ m: mutex() }', 'shared.m.lock(); shared.m.unlock();', 2, 'v1 a1 c1 b1');
    expect(run.outcome.ending).toBe(Ending.DEADLOCK);
    const view = bench.seen('controlled', run.outcome);
    const finding = explain(bench.problem, bench.case, view, run.judgement as never, {
      strategy: 'replay',
      seed: 0,
    });
    expect(finding.message).toContain('worker 1 waits in m.lock() (held by worker 0, which was killed)');
    expect(finding.message).toContain('use a robust mutex');
    expect(finding.schedule).toBe('v1 a1 c1');
    expect(finding.trace[1]).toMatchObject({
      process: 0,
      operation: 'killed',
      text: 'is killed (SIGKILL) before m.unlock()',
    });
  });
  it('leaves nothing behind that it could have let go of', async () => {
    const alone = await played(
      '{ m: mutex() }',
      'if (me.number === 0) shared.m.lock(); me.tell(1);',
      2,
      'v1 a1 c1',
    );
    expect(alone.judgement).toBeUndefined();
    const living = await played(
      '{ m: mutex() }',
      'if (me.number === 1) shared.m.lock(); me.tell(1);',
      2,
      'v1 a1',
    );
    expect(living.judgement).toMatchObject({ kind: 'left-behind', process: 1 });
  });
});

describe('a robust mutex whose owner is killed', () => {
  const share = '{ m: mutex({ robust: true }) }';
  it('tells the next owner, who makes it consistent; the one after that is told nothing', async () => {
    const worker =
      'shared.m.lock(); const died = shared.m.ownerDied; me.tell(died); if (died) shared.m.consistent(); shared.m.unlock();';
    const { outcome, told, judgement } = await played(share, worker, 3, 'v1 a2 d2 b5 c4');
    expect(told).toBe('a† b1 c0');
    expect(outcome.ending).toBe(Ending.FINISHED);
    expect(judgement).toBeUndefined();
  });
  it('is not given on before the kernel has got to it', async () => {
    const worker = 'shared.m.lock(); shared.m.unlock(); me.tell(1);';
    expect((await played(share, worker, 2, 'v1 a1 c1 b1')).outcome.ending).toBe(Ending.UNFIT);
    expect((await played(share, worker, 2, 'v1 a1 c2 b1')).outcome.ending).toBe(Ending.FINISHED);
  });
  it('cannot be locked any more once it was unlocked without being made consistent', async () => {
    const worker = 'for (const _ of [1, 2]) { shared.m.lock(); shared.m.unlock(); me.tell(1); }';
    const { judgement, told } = await played(share, worker, 2, 'v1 a1 c2');
    expect(told).toBe('a† b1');
    expect(judgement).toMatchObject({ kind: 'misuse', process: 1 });
    expect(judgement?.detail).toContain('cannot be recovered');
  });
  it('is not made consistent by whoever likes to', async () => {
    const worker = 'shared.m.lock(); shared.m.consistent(); shared.m.unlock();';
    expect((await played(share, worker, 1, 'v1')).judgement).toMatchObject({ kind: 'misuse' });
  });
  it('goes with a condition', async () => {
    const worker = `const { m, c, n } = shared;
      m.lock();
      if (m.ownerDied) m.consistent();
      if (me.number === 1) { while (n.value === 0) c.wait(m); me.tell(n.value); }
      else { n.value = 1; c.signal(); }
      m.unlock();`;
    const things = '{ m: mutex({ robust: true }), c: condition(), n: int32() }';
    // The writer is killed when it has told the waiter, with the mutex in its hands.
    const { told, outcome } = await played(things, worker, 2, 'v1 b5 a4 c2 b9');
    expect(told).toBe('a† b1');
    // It has not asked whether its owner died when it locked the mutex again: nobody can lock it any more.
    expect(outcome.ending).toBe(Ending.FINISHED);
    expect(bench.team.data[bench.objects[0].at]).toBe(-2);
  });
});

describe('a semaphore with undo', () => {
  it('gives back what the dead process took, and takes back what it gave', async () => {
    const worker = `const { s, t } = shared;
      if (me.number === 1) me.tell(s.value * 10 + t.value);
      else { s.wait(); s.wait(); s.post(); t.post(); me.tell(9); }`;
    const things = '{ s: semaphore(2, { undo: true }), t: semaphore(1, { undo: true }) }';
    expect((await played(things, worker, 2, 'v1 a4 b3')).told).toBe('b12 a9');
    expect((await played(things, worker, 2, 'v1 a4 c3 b3')).told).toBe('a† b21');
    expect((await played(things, worker, 2, 'v1 a2 c2 b3')).told).toBe('a† b21');
    expect((await played(things, worker, 2, 'v1 a2 c1 b3')).told).toBe('a† b1');
  });
  it('takes back no more than there is', async () => {
    const worker =
      'if (me.number === 0) { shared.s.post(); me.tell(9); } else { shared.s.wait(); me.tell(1); }';
    const { outcome, told } = await played(
      '{ s: semaphore(0, { undo: true }) }',
      worker,
      2,
      'v1 a1 b1 c2 b1',
    );
    expect(told).toBe('a† b1');
    expect(outcome.ending).toBe(Ending.FINISHED);
  });
  it('has no queue', async () => {
    const { judgement } = await played("{ s: semaphore(0, { undo: true, strength: 'fifo' }) }", '', 1, 'v1');
    expect(judgement?.detail).toContain("undo goes with 'barging' only");
  });
});

describe('who waits in a queue and is killed', () => {
  it('gets no unit of a semaphore any more', async () => {
    const worker = 'if (me.number === 2) { shared.s.post(); } else { shared.s.wait(); me.tell(1); }';
    const things = "{ s: semaphore(0, { strength: 'fifo' }) }";
    const { told, outcome } = await played(things, worker, 3, 'v1 a1 b1 d2 c1');
    expect(told).toBe('a† b1');
    expect(outcome.ending).toBe(Ending.FINISHED);
    // What was passed on to it before is lost with it.
    expect((await played(things, worker, 3, 'v1 a1 b1 c1 d2')).outcome.ending).toBe(Ending.DEADLOCK);
  });
  it('gets no signal of a condition any more', async () => {
    const worker = `const { m, c } = shared;
      m.lock();
      if (me.number === 2) c.signal(); else { c.wait(m); me.tell(1); }
      m.unlock();`;
    const things = '{ m: mutex(), c: condition() }';
    const { told, outcome } = await played(things, worker, 3, 'v1 a3 b3 d2 c3');
    expect(told).toBe('a† b1');
    expect(outcome.ending).toBe(Ending.FINISHED);
  });
});

describe('a problem that asks for spurious wake-ups', () => {
  it('has them at every condition', async () => {
    const worker = `const { m, c, n } = shared;
      m.lock();
      if (me.number === 0) { if (n.value === 0) c.wait(m); me.tell(n.value); }
      else { n.value = 1; c.signal(); }
      m.unlock();`;
    await nervous.use(solution('{ m: mutex(), c: condition(), n: int32() }', worker), { processes: 2 });
    const told: number[] = [];
    const { outcome } = nervous.play({ mode: 'controlled', seed: 0, strategy: replay, moves: [] });
    eachEvent(nervous.seen('controlled', outcome), (_p, _e, value) => {
      told.push(value / TOLD);
      return false;
    });
    expect(told).toEqual([0]);
  });
});
