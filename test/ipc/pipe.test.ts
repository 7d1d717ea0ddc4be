import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { IpcError } from '../../harness/ipc/ipc-error.ts';
import { processState } from '../../harness/os/proc.ts';
import { Ending } from '../../harness/process/control.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { Stage } from './stage.ts';

const stage = new Stage('pipe');
afterAll(() => stage.close());
beforeEach(() => stage.ready());

/** Numbers up to 24 bits as any split of them into reads has them: `me.tell` carries no more. */
const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

/** All but the last process write what `data` says in pieces; the last one reads in pieces of `most` and tells bytes. */
const transport = (data: readonly (readonly number[])[], sizes: readonly number[], most: number): string => `
  const { p } = shared;
  const data = ${JSON.stringify(data)}, sizes = ${JSON.stringify(sizes)};
  if (me.number < data.length) {
    p.reader.close();
    const bytes = Uint8Array.from(data[me.number]);
    for (let at = 0, n = 0; at < bytes.length; n++) {
      const size = sizes[n % sizes.length];
      p.writer.write(bytes.slice(at, at + size));
      at += size;
    }
    p.writer.close();
  } else {
    p.writer.close();
    for (let got = p.reader.read(${most}); got.length > 0; got = p.reader.read(${most})) {
      for (const byte of got) me.tell(byte);
    }
  }`;

const pieces = fc.record({
  data: fc.array(fc.array(fc.integer({ min: 1, max: 255 }), { minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 3,
  }),
  sizes: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
  most: fc.integer({ min: 1, max: 20 }),
});

describe('a pipe', () => {
  it('carries every byte once and in order, however it is written and read', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, async ({ data, sizes, most }) => {
        await stage.load('{ p: pipe() }', transport(data.slice(0, 1), sizes, most));
        for (const run of [stage.controlled(1), stage.controlled(2), stage.free()]) {
          expect(run.outcome.ending).toBe(Ending.FINISHED);
          expect(run.told[1]).toEqual(data[0]);
        }
      }),
      { numRuns: 20, seed: 4 },
    );
  });

  it('mixes what several write by pieces, never within a piece', async () => {
    const data = [1, 2, 3].map((writer) => Array.from({ length: 12 }, (_, i) => writer * 64 + i));
    await stage.load('{ p: pipe() }', transport(data, [4], 12), 4);
    const orders = new Set<string>();
    for (const run of [
      ...SEEDS.map((seed) => stage.controlled(seed)),
      ...[1, 2, 3].map((s) => stage.free(s)),
    ]) {
      const got = run.told[3];
      expect([...got].sort((a, b) => a - b)).toEqual(data.flat());
      for (let i = 0; i < got.length; i += 4) {
        expect(got.slice(i, i + 4)).toEqual([0, 1, 2, 3].map((n) => got[i] + n));
      }
      orders.add(got.join());
    }
    expect(orders.size).toBeGreaterThan(20);
  });

  it('gives the same run again by the same schedule, waits included', async () => {
    await stage.load(
      '{ p: pipe() }',
      transport(
        [
          [1, 2, 3, 4, 5, 6],
          [11, 12, 13, 14],
        ],
        [2, 3],
        3,
      ),
      3,
    );
    let waits = 0;
    for (const seed of SEEDS) {
      const run = stage.controlled(seed);
      waits += stage.waits(run);
      expect(stage.replayed(run), `seed ${seed}`).toBeUndefined();
    }
    expect(waits).toBeGreaterThan(20);
  });

  it('of 4,096 bytes is full then: the writer waits until a page of it is read', async () => {
    await stage.load(
      '{ p: pipe({ capacity: 4096 }) }',
      `const { reader, writer } = shared.p;
       if (me.number === 0) { writer.write(new Uint8Array(4095)); writer.write(7); me.tell(1); return; }
       me.tell(2); me.tell(reader.read(1).length); reader.read(4094); me.tell(reader.readInt32());`,
    );
    expect(stage.steps('v1 a2 b3 a1 b2 a1 b1').slice(0, 10)).toEqual([
      'a: p.writer.write(4095 bytes)',
      'a: p.writer.write() has to wait',
      'b: tells 2',
      'b: p.reader.read(1) → 1 bytes',
      'b: tells 1',
      'a: p.writer.write() has to wait',
      'b: p.reader.read(4094) → 4094 bytes',
      'b: p.reader.read() has to wait',
      'a: p.writer.write(4 bytes)',
      'b: p.reader.read(4) → 4 bytes',
    ]);
  });

  it('tears what is longer than 4,096 bytes, and only that', async () => {
    const torn = async (bytes: number): Promise<boolean> => {
      await stage.load(
        '{ p: pipe({ capacity: 8192 }) }',
        `const { reader, writer } = shared.p;
         if (me.number < 2) {
           reader.close();
           for (let i = 0; i < 3; i++) writer.write(new Uint8Array(${bytes}).fill(me.number + 1));
           writer.close();
         } else {
           writer.close();
           let last = 0, length = 0;
           for (let got = reader.read(500); got.length > 0; got = reader.read(500)) {
             for (const byte of got) {
               if (byte !== last) { me.tell(length); length = 0; last = byte; }
               length++;
             }
           }
           me.tell(length);
         }`,
        3,
      );
      const runs = SEEDS.map((seed) => stage.controlled(seed).told[2]);
      for (const lengths of runs) expect(lengths.reduce((a, b) => a + b)).toBe(6 * bytes);
      return runs.some((lengths) => lengths.some((length) => length % bytes !== 0));
    };
    expect(await torn(4096)).toBe(false);
    expect(await torn(4097)).toBe(true);
  });

  it('ends for its reader when the last process has closed its writing end, and not before', async () => {
    await stage.load(
      '{ p: pipe(), q: pipe() }',
      `const { p, q } = shared;
       if (me.number === 2) { p.writer.close(); me.tell(p.reader.read(9).length); return; }
       q.writer.close(); me.tell(9);`,
      3,
    );
    for (const seed of SEEDS) {
      const { all, outcome } = stage.controlled(seed);
      expect(outcome.ending).toBe(Ending.FINISHED);
      expect(all).toEqual([9, 9, 0]); // what a role has open is closed when it ends
    }
    expect(stage.free().told).toEqual([[9], [9], [0]]);
  });

  it('breaks for its writer when nobody has the reading end open: EPIPE, and the process goes on', async () => {
    await stage.load(
      '{ p: pipe() }',
      `const { reader, writer } = shared.p;
       reader.close();
       if (me.number === 1) return;
       for (;;) {
         try { writer.write('x'); }
         catch (e) { if (!(e instanceof IpcError) || e.code !== 'EPIPE') throw e; me.tell(32); break; }
       }`,
    );
    for (const seed of SEEDS) expect(stage.controlled(seed).told[0]).toEqual([32]);
    expect(stage.free().told[0]).toEqual([32]);
    expect(stage.steps('v1 a1 b1 a1')[2]).toBe('a: p.writer.write() fails: EPIPE');
  });

  it('that is not caught to be broken crashes its writer, in words', async () => {
    await stage.load('{ p: pipe() }', "shared.p.reader.close(); for (;;) shared.p.writer.write('x');", 1);
    for (const run of [stage.controlled(0), stage.free()]) {
      expect(run.judgement).toMatchObject({ kind: 'crash' });
      expect(run.judgement?.detail).toContain(new IpcError('pipe writer.write', 32, 'nobody has').message);
    }
  });

  it.each([
    ['closed twice', 'p.reader.close(); p.reader.close();', 'reader.close'],
    ['read after it was closed', 'p.reader.close(); p.reader.read(1);', 'reader.read'],
    ['written after it was closed', 'p.writer.close(); p.writer.write(1);', 'writer.write'],
  ])('that is %s is misused', async (_, worker, operation) => {
    await stage.load('{ p: pipe() }', `const { p } = shared; ${worker}`);
    for (const run of [stage.controlled(1), stage.free()]) {
      expect(run.judgement).toMatchObject({
        kind: 'misuse',
        detail: `${operation} after this process has closed it (EBADF)`,
      });
    }
  });

  it('has both ends open in every process, so two that read and write it find no end: deadlock', async () => {
    await stage.load('{ p: pipe() }', 'shared.p.reader.read(1);');
    for (const seed of SEEDS) expect(stage.controlled(seed).judgement).toMatchObject({ kind: 'deadlock' });
  });

  it('is seen to be waited for by all in a free run too, and the team plays on', async () => {
    await stage.load(
      '{ p: pipe(), q: pipe() }',
      'const r = [shared.p, shared.q][me.number]; me.tell(1); r.reader.read(1);',
    );
    const began = performance.now();
    const run = stage.free();
    // It is found 10 ms after the last one fell asleep, but the machine may be busy; a run is cut short after 4,000.
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(run.judgement).toMatchObject({ kind: 'deadlock' });
    expect(run.all).toEqual([1, 1]);
    await stage.ready();
    await stage.load('{ p: pipe() }', transport([[1, 2]], [1], 2));
    expect(stage.free().told[1]).toEqual([1, 2]);
    expect(stage.controlled(0).told[1]).toEqual([1, 2]);
  });

  it('waits for a semaphore of the lab and the pipe at once: one deadlock', async () => {
    await stage.load(
      '{ p: pipe(), s: semaphore(0) }',
      'if (me.number === 0) { shared.s.wait(); shared.p.writer.write(1); } else { shared.p.reader.readInt32(); shared.s.post(); }',
    );
    for (const run of [stage.controlled(0), stage.free()])
      expect(run.judgement).toMatchObject({ kind: 'deadlock' });
  });

  it('does not hold up the end of a run in which another process crashes', async () => {
    await stage.load(
      '{ p: pipe() }',
      "if (me.number === 0) shared.p.reader.read(1); else { me.tell(1); throw new Error('mine'); }",
    );
    expect(stage.controlled(1).judgement).toMatchObject({ kind: 'crash', process: 1 });
    expect(stage.free().judgement).toMatchObject({ kind: 'crash', process: 1 });
  });
});

describe('pipes of a run', () => {
  it('are gone after it, however it ended: from the workers and from the referee', async () => {
    const before = stage.openFiles().map((files) => files.filter((f) => f.includes('pipe:')));
    const share = '{ p: pipe(), q: pipe() }';
    const ends = {
      well: 'shared.p.reader.close(); me.tell(1);',
      stuck: 'shared.p.reader.read(1);',
      crash: "if (me.number === 1) throw new Error('mine'); shared.p.reader.read(1);",
      misuse:
        'if (me.number === 1) { shared.q.reader.close(); shared.q.reader.close(); } shared.p.reader.read(1);',
    };
    for (const [how, worker] of Object.entries(ends)) {
      await stage.load(share, worker);
      for (const seed of SEEDS.slice(0, 20)) stage.controlled(seed);
      const after = stage.openFiles();
      expect(
        after.map((files) => files.filter((f) => f.includes('pipe:'))),
        how,
      ).toEqual(before);
    }
  });

  it('are open in a process whose role has thrown until its last steps are taken', async () => {
    await stage.load(
      '{ p: pipe() }',
      `const { p } = shared;
       if (me.number === 0) { me.tell(1); throw new Error('ahead'); }
       p.writer.close();
       me.tell(p.reader.read(4).length);`,
    );
    for (let i = 0; i < 20; i++) {
      expect(stage.steps('v1 b2 a1')).toEqual([
        'b: p.writer.close()',
        'b: p.reader.read() has to wait',
        'a: tells 1',
      ]);
    }
  });

  it('are as many as 64, and no more', async () => {
    const share = (n: number): string => `({ all: Array.from({ length: ${n} }, () => pipe()) })`;
    const pass = `const { all } = shared;
      for (const p of all) { if (me.number === 0) p.writer.write(1); else me.tell(p.reader.readInt32()); }`;
    await stage.load(share(64), pass);
    for (const run of [stage.controlled(1), stage.free()]) expect(run.told[1]).toEqual(new Array(64).fill(1));
    await stage.load(share(65), pass);
    for (const run of [stage.controlled(1), stage.free()]) {
      expect(run.judgement).toMatchObject({ kind: 'crash' });
      expect(run.judgement?.detail).toContain('more than 64 kernel objects');
    }
  });

  it.each([4095, 1_048_577, 5000.5, Number.NaN, '8192'])(
    'hold 4,096 to 1,048,576 bytes, not %s',
    async (capacity) => {
      await stage.load(
        `{ p: pipe({ capacity: ${typeof capacity === 'string' ? `"${capacity}"` : capacity} }) }`,
        'me.tell(1);',
      );
      const { judgement } = stage.controlled(1);
      expect(judgement).toMatchObject({ kind: 'crash' });
      expect(judgement?.detail).toContain('use 4096 to 1048576 bytes');
    },
  );

  it.each([4096, 1_048_576])('hold %d bytes where that is asked for', async (capacity) => {
    await stage.load(
      `{ p: pipe({ capacity: ${capacity} }) }`,
      'if (me.number === 1) return; for (let n = 1; ; n++) { shared.p.writer.write(new Uint8Array(4096)); me.tell(n); }',
    );
    const { judgement, told } = stage.controlled(1);
    expect(judgement).toMatchObject({ kind: 'deadlock' });
    expect(told[0].at(-1)).toBe(capacity / 4096);
  });

  it('are refused where the problem is not about them', async () => {
    const other = new Stage('fifo');
    try {
      await other.load('{ p: pipe() }', 'me.tell(1);');
      for (const run of [other.controlled(1), other.free()]) {
        expect(run.judgement).toMatchObject({ kind: 'forbidden', rule: 'pipe' });
        expect(run.told.flat()).toEqual([]);
      }
    } finally {
      await other.close();
    }
  });

  it('are made anew as share asks for them: in one case after the other', async () => {
    await stage.load(
      'c.processes > 1 ? { p: pipe() } : { q: pipe({ capacity: 8192 }), r: pipe() }',
      'for (const p of Object.values(shared)) { p.writer.write(me.number + 1); me.tell(p.reader.readInt32()); }',
      1,
    );
    expect(stage.controlled(1).told).toEqual([[1, 1]]);
    expect(stage.free(1).told).toEqual([[1, 1]]);
    await stage.team.setCase({ processes: 2 }, 2);
    expect(stage.team.play({ mode: 'controlled', seed: 1, strategy: uniform }).ending).toBe(Ending.FINISHED);
  });

  it('that are others in every process are refused as soon as that is seen', async () => {
    const capacity = '4096 * (1 + Math.floor(Math.random() * 200))';
    await stage.load(`{ p: pipe({ capacity: ${capacity} }) }`, 'me.tell(1);', 4);
    for (const run of [stage.controlled(1), stage.free()]) {
      expect(run.judgement).toMatchObject({ kind: 'nondeterministic', detail: 'share' });
      expect(run.all).toEqual([]);
    }
  });

  it.each(['controlled', 'free'] as const)(
    'are given to nobody who was killed since the last run, and that is seen (%s)',
    async (mode) => {
      await stage.load('{ p: pipe() }', transport([[1, 2]], [1], 2));
      stage[mode](1);
      const pid = stage.team.pids[1];
      process.kill(pid, 'SIGKILL');
      while (!'ZX'.includes(processState(pid).state));
      expect(stage[mode](2).outcome.lost).toEqual({ process: 1, how: 'died' });
      await stage.ready();
      expect(stage[mode](3).told[1]).toEqual([1, 2]);
    },
  );

  it('that break since their other end was killed from outside are no mistake of who has this one', async () => {
    await stage.load(
      '{ p: pipe({ capacity: 4096 }) }',
      `const { reader, writer } = shared.p;
       if (me.number === 0) { reader.close(); writer.write(new Uint8Array(8192)); return; }
       writer.close(); sleep(2000);
       let sum = 0;
       for (let got = reader.read(9000); got.length > 0; got = reader.read(9000)) sum += got.length;
       me.tell(sum);`,
    );
    const order = { mode: 'free', seed: 0, strategy: uniform } as const;
    for (let attempt = 1; ; attempt++) {
      const killer = spawn('sh', ['-c', `sleep 0.3; kill -9 ${stage.team.pids[1]}`], { stdio: 'ignore' });
      const { outcome, judgement } = stage.ran(order);
      await once(killer, 'exit');
      expect(judgement).toBeUndefined();
      if (outcome.lost !== undefined) {
        expect(outcome.lost).toEqual({ process: 1, how: 'died' });
        expect(await stage.confirm(order, outcome)).toBeUndefined();
        break;
      }
      // On a busy machine it may come too late.
      expect(attempt).toBeLessThan(5);
      await stage.ready();
    }
  });

  it('are asked for once more where a worker dies before they are there', async () => {
    await stage.load('{ p: pipe({ capacity: 8192 }) }', transport([[1, 2]], [1], 2));
    const pid = stage.team.pids[1];
    process.kill(pid, 'SIGKILL');
    while (!'ZX'.includes(processState(pid).state));
    expect(stage.controlled(1).outcome).toMatchObject({
      ending: Ending.STOPPED,
      lost: { process: 1, how: 'died' },
    });
    await stage.ready();
    expect(stage.controlled(1).told[1]).toEqual([1, 2]);
  });

  it('leave nothing behind where their worker is killed in the middle of a call', async () => {
    await stage.load('{ p: pipe() }', 'shared.p.reader.read(1);', 1);
    const [pid] = stage.team.pids;
    expect(stage.free().judgement).toMatchObject({ kind: 'deadlock' });
    expect(stage.team.broken).toBe(true);
    await stage.ready();
    expect(stage.team.pids).not.toContain(pid);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });
});
