import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { explain, traceOf } from '../../harness/check/explain.ts';
import type { Finding } from '../../harness/check/finding.ts';
import { roundRobin } from '../../harness/schedule/round-robin.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { solution, Workbench, workbench } from '../workbench.ts';

const bench = new Workbench();
afterAll(() => bench.close());
beforeEach(() => bench.ready());

const controlled = { mode: 'controlled', seed: 1, strategy: roundRobin, positions: true } as const;
const free = { mode: 'free', seed: 1, strategy: uniform } as const;

/** What is said of the first run of `worker` that goes wrong. */
async function explained(
  share: string,
  worker: string,
  processes: number,
  order: typeof controlled | typeof free = controlled,
): Promise<Finding> {
  await bench.use(solution(share, worker), { processes });
  for (let seed = 0; seed < 100; seed++) {
    const { outcome, judgement } = bench.play({ ...order, seed });
    if (judgement)
      return explain(workbench, bench.case, bench.seen(order.mode, outcome), judgement, {
        strategy: '',
        seed,
      });
    await bench.ready();
  }
  throw new Error('nothing went wrong');
}

const held = (finding: Finding) => finding.waiting.map((w) => `${w.process} ${w.text} ${w.heldBy}`);

describe('a crash', () => {
  it('of too many calls within each other is not blamed on the interleaving', async () => {
    const worker = 'const deeper = (n) => n + deeper(n + 1); deeper(0);';
    const { kind, message } = await explained('{ n: int32() }', worker, 2);
    expect(kind).toBe('crash');
    expect(message).toContain('RangeError: Maximum call stack size exceeded. Calls go too deep');
  });
});

describe('who holds what a process waits for', () => {
  it('is itself, where a reader wants to write', async () => {
    const finding = await explained('{ r: rwlock() }', 'shared.r.readLock(); shared.r.writeLock();', 1);
    expect(held(finding)).toEqual(['0 r.writeLock() 0']);
    expect(finding.message).toBe(
      'worker waits for itself: it calls r.writeLock() while it holds r already. Nobody who holds such a lock, for reading or writing, can lock it for writing: unlock it first, then look again at what was read before.',
    );
  });
  it.each([controlled, free])('are all who read, in a $mode run', async (order) => {
    const worker =
      'if (me.number === 2) { shared.w.wait(); shared.r.writeLock(); } else { shared.r.readLock(); shared.w.wait(); shared.s.wait(); }';
    const finding = await explained('{ r: rwlock(), s: semaphore(0), w: barrier(3) }', worker, 3, order);
    expect(held(finding)).toEqual(['0 s.wait() ', '1 s.wait() ', '2 r.writeLock() 0,1']);
  });
  it('is the one that writes', async () => {
    const worker =
      'if (me.number === 0) { shared.r.writeLock(); shared.w.wait(); shared.s.wait(); } else { shared.w.wait(); shared.r.readLock(); }';
    const finding = await explained('{ r: rwlock(), s: semaphore(0), w: barrier(2) }', worker, 2);
    expect(held(finding)).toEqual(['0 s.wait() ', '1 r.readLock() 0']);
  });
  it.each(['barging', 'handoff', 'fifo'])(
    'is who took a unit of a semaphore (%s), not who waits for one too',
    async (strength) => {
      const worker = `if (me.number === 0) { shared.s.wait(); shared.w.wait(); shared.e.wait(); } else { shared.w.wait(); shared.s.wait(); }`;
      const share = `{ s: semaphore(1, { strength: '${strength}' }), e: event(), w: barrier(3) }`;
      const finding = await explained(share, worker, 3);
      expect(held(finding)).toEqual(['0 e.wait() ', '1 s.wait() 0', '2 s.wait() 0']);
    },
  );
});

describe('a deadlock', () => {
  it.each([controlled, free])('names the line at which each process waits, in a $mode run', async (order) => {
    const worker = `if (me.number) {
      shared.a.wait();
    } else {
      shared.b.wait();
    }`;
    const finding = await explained('{ a: semaphore(0), b: latch(1) }', worker, 2, order);
    const [first, second] = finding.waiting.map((w) => w.location?.line ?? 0);
    expect(second).toBeGreaterThan(0);
    expect(first - second).toBe(2);
  });
});

describe('a step', () => {
  it('shows all that was given to the call', async () => {
    const worker = 'shared.t.compareAndSet(3, 8); shared.t.add(2); shared.t.load();';
    await bench.use(solution('{ t: atomicInt32(3) }', worker), { processes: 1 });
    const { outcome } = bench.play(controlled);
    const trace = traceOf(workbench, bench.case, bench.seen('controlled', outcome));
    expect(trace.map((step) => step.text)).toEqual([
      't.compareAndSet(3, 8) → true',
      't.add(2) → 8',
      't.load() → 10',
    ]);
  });
});

describe('who is needed for a message', () => {
  it.each([controlled, free])('is whose box is full, in a $mode run', async (order) => {
    const worker = 'for (let i = 0; i < 3; i++) shared.mail.send(1 - me.number, i);';
    const finding = await explained('{ mail: direct(2) }', worker, 2, order);
    expect(held(finding).sort()).toEqual(['0 mail[worker 1].send() 1', '1 mail[worker 0].send() 0']);
    expect(finding.message).toContain('worker 0 waits in mail[worker 1].send() for worker 1');
    expect(finding.message).toContain('let one of them receive before it sends');
  });
  it('is the one from whom it alone was asked for', async () => {
    const finding = await explained(
      '{ mail: direct() }',
      'if (me.number === 0) shared.mail.receiveFrom(1);',
      2,
    );
    expect(held(finding)).toEqual(['0 mail[worker 0].receive() 1']);
    expect(finding.message).toContain('(for worker 1). The other process has ended. Look for the send,');
  });
  it('is nobody known, where a channel leads to anybody', async () => {
    const finding = await explained('{ c: channel() }', 'shared.c.send(1);', 2);
    expect(held(finding)).toEqual(['0 c.send() ', '1 c.send() ']);
  });
});
