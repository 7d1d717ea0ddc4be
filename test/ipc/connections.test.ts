import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Ending } from '../../harness/process/control.ts';
import { Stage } from './stage.ts';

const stage = new Stage('socketPair', 'unixSocket', 'tcp');
afterAll(() => stage.close());
beforeEach(() => stage.ready());

const seeds = (n: number): number[] => Array.from({ length: n }, (_, seed) => seed);

/** How two processes come to the two ends of a connection, as `line`. */
const CONNECTS = 'const line = me.number === 0 ? s.connect() : s.accept(); s.close();';
const ways: Record<string, { share: (options?: string) => string; open: string; ends: [string, string] }> = {
  socketPair: {
    share: (options = '') => `{ s: socketPair(${options}) }`,
    open: `const [line, other] = me.number === 0 ? [s.left, s.right] : [s.right, s.left]; other.close();`,
    ends: ['left', 'right'],
  },
  unixSocket: {
    share: (options = '') => `{ s: unixSocket(${options}) }`,
    open: CONNECTS,
    ends: ['client', 'server'],
  },
  tcp: { share: (options = '') => `{ s: tcp(${options}) }`, open: CONNECTS, ends: ['client', 'server'] },
};

const writes = (data: readonly number[], size: number): string => `
  { const data = Uint8Array.from(${JSON.stringify(data)});
    for (let at = 0; at < data.length; at += ${size}) line.write(data.slice(at, at + ${size}));
    line.shutdown(); }`;
const reads = (most: number): string => `
  for (let got = line.read(${most}); got.length > 0; got = line.read(${most})) for (const byte of got) me.tell(byte);`;

const traffic = fc.record({
  there: fc.array(fc.integer({ min: 1, max: 255 }), { minLength: 1, maxLength: 12 }),
  back: fc.array(fc.integer({ min: 1, max: 255 }), { maxLength: 12 }),
  size: fc.integer({ min: 1, max: 5 }),
  most: fc.integer({ min: 1, max: 20 }),
});

/** What a process does with its end, as text; a call that fails tells minus 1 and the first letter's number of its code. */
const doing: Record<string, string> = {
  w: 'line.write(new Uint8Array(3)); me.tell(3);',
  W: 'line.write(new Uint8Array(20)); me.tell(20);',
  r: 'me.tell(line.read(5).length);',
  s: 'line.shutdown(); me.tell(100);',
  c: 'line.close(); return;',
};
const told = (operations: string): string =>
  [...operations]
    .map(
      (o) =>
        `try { ${doing[o]} } catch (e) { if (!(e instanceof IpcError)) throw e; me.tell(e.code === 'EPIPE' ? -1 : e.code === 'ECONNRESET' ? -2 : -3); }`,
    )
    .join('\n');
const both = (open: string, first: string, second: string): string =>
  `const { s } = shared; ${open} if (me.number === 0) { ${first} } else { ${second} }`;

describe.each(Object.entries(ways))('a connection by %s', (kind, { share, open, ends }) => {
  it('carries every byte once and in order, in both directions, however it is written and read', async () => {
    await fc.assert(
      fc.asyncProperty(traffic, async ({ there, back, size, most }) => {
        const [first, second] = [writes(there, size) + reads(most), reads(most) + writes(back, size)];
        await stage.load(share(), both(open, first, second));
        for (const run of [stage.controlled(1), stage.controlled(2), stage.free()]) {
          expect(run.outcome.ending).toBe(Ending.FINISHED);
          expect(run.told).toEqual([back, there]);
        }
      }),
      { numRuns: 8, seed: 4 },
    );
  });

  it('gives the same run again by the same schedule, whatever is closed, and when', async () => {
    const operations = fc.stringMatching(/^[wWrs]{0,5}c?$/);
    await fc.assert(
      fc.asyncProperty(operations, operations, fc.nat(), async (first, second, seed) => {
        const options = kind === 'tcp' ? '{ capacity: 16 }' : '';
        await stage.load(share(options), both(open, told(first), told(second)));
        const run = stage.controlled(seed);
        expect([Ending.FINISHED, Ending.DEADLOCK]).toContain(run.outcome.ending);
        for (let i = 0; i < 2; i++) expect(stage.replayed(run), `${first} ${second} ${seed}`).toBeUndefined();
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('that is shut down ends in that direction only', async () => {
    const first = 'line.write(1); line.shutdown(); me.tell(line.readInt32());';
    const second =
      'me.tell(line.readInt32()); me.tell(line.readInt32() === undefined); line.write(7); me.tell(2);';
    await stage.load(share(), both(open, first, second));
    for (const run of [...seeds(10).map((seed) => stage.controlled(seed)), stage.free()])
      expect(run.told).toEqual([[7], [1, 1, 2]]);
  });

  it('that ends within a number says so', async () => {
    await stage.load(share(), both(open, "line.write('abc');", 'line.readInt32();'));
    for (const run of [stage.controlled(0), stage.free()])
      expect(run.judgement).toMatchObject({ kind: 'crash', process: 1 });
  });

  it('that was closed by the one is broken for the other: EPIPE', async () => {
    const writer = `for (;;) {
      try { line.write(new Uint8Array(8)); }
      catch (e) { if (!(e instanceof IpcError)) throw e; me.tell(e.code === 'EPIPE' ? 32 : e.code === 'ECONNRESET' ? 104 : -1); return; }
    }`;
    await stage.load(share(kind === 'tcp' ? '{ capacity: 64 }' : ''), both(open, writer, 'line.close();'));
    const errors = seeds(20).map((seed) => stage.controlled(seed).told[0]);
    for (const told of [...errors, stage.free().told[0]]) expect([[32], [104]]).toContainEqual(told);
    expect(errors).toContainEqual([32]);
    // TCP learns of it by the answer to what it sends, so one write more succeeds.
    const [mine, its] = ends;
    const schedule = kind === 'socketPair' ? 'v1 a1 b1 b1 a9' : 'v1 a1 b1 a1 b1 b1 a9';
    const steps = stage.steps(schedule).filter((step) => /write|close/.test(step) && !/s\.close/.test(step));
    const closing = steps.indexOf(`b: s.${its}.close()`);
    const later = steps.slice(closing + 1).filter((step) => step.startsWith(`a: s.${mine}.write`));
    expect(later).toEqual([
      ...(kind === 'tcp' ? [`a: s.${mine}.write(8 bytes)`] : []),
      `a: s.${mine}.write() fails: EPIPE`,
    ]);
  });

  it('that was closed with bytes unread is reset for the other: ECONNRESET, then the end', async () => {
    const first = `line.write('abc');
      for (let i = 0; i < 2; i++) {
        try { me.tell(line.read(9).length); } catch (e) { me.tell(e.code === 'ECONNRESET' ? -104 : -1); }
      }`;
    await stage.load(share(), both(open, first, 'line.read(1); line.close();'));
    for (const run of [...seeds(10).map((seed) => stage.controlled(seed)), stage.free()])
      expect(run.told[0]).toEqual([-104, 0]);
  });

  it('holds as much as it is made for, and the writer waits then', async () => {
    const capacity = kind === 'tcp' ? 16 : 4096;
    await stage.load(
      share(`{ capacity: ${capacity} }`),
      both(
        open,
        'for (let n = 1; n < 40; n++) { line.write(n); me.tell(n); }',
        'me.tell(1000); for (let n = 1; n < 40; n++) me.tell(line.readInt32());',
      ),
    );
    const full = new Set<number>();
    for (const seed of seeds(10)) {
      const run = stage.controlled(seed);
      expect(run.told).toEqual([seeds(40).slice(1), [1000, ...seeds(40).slice(1)]]);
      const ahead = run.all.slice(0, run.all.lastIndexOf(1000));
      full.add(ahead.length);
    }
    expect(Math.max(...full)).toBeLessThan(39);
    expect(stage.free().outcome.ending).toBe(Ending.FINISHED);
  });

  it('in which both wait to read is a deadlock, in free runs too, and the team plays on', async () => {
    await stage.load(share(), both(open, 'line.read(1);', 'line.read(1);'));
    for (const seed of seeds(10))
      expect(stage.controlled(seed).judgement).toMatchObject({ kind: 'deadlock' });
    expect(stage.free().judgement).toMatchObject({ kind: 'deadlock' });
    await stage.ready();
    await stage.load(share(), both(open, 'line.write(5);', 'me.tell(line.readInt32());'));
    expect(stage.free().told[1]).toEqual([5]);
    expect(stage.controlled(0).told[1]).toEqual([5]);
  });

  it('in which both write more than there is room for is a deadlock', async () => {
    const fills = "for (let n = 0; n < 300; n++) line.write('x'.repeat(1000)); line.read(1);";
    await stage.load(share(), both(open, fills, fills));
    for (const seed of seeds(3)) expect(stage.controlled(seed).judgement).toMatchObject({ kind: 'deadlock' });
  });

  it('carries a megabyte', async () => {
    const first = "for (let n = 0; n < 16; n++) line.write('x'.repeat(65_000)); line.close();";
    const second =
      'let sum = 0; for (let got = line.read(65_536); got.length > 0; got = line.read(65_536)) sum += got.length; me.tell(sum);';
    await stage.load(share(), both(open, first, second));
    for (const run of [stage.controlled(1), stage.controlled(2), stage.free()])
      expect(run.told[1]).toEqual([16 * 65_000]);
  });

  it.each([
    ['closed twice', 'line.close(); line.close();', 'close'],
    ['read after it was closed', 'line.close(); line.read(1);', 'read'],
    ['written after it was closed', 'line.close(); line.write(1);', 'write'],
  ])('that is %s is misused', async (_, first, operation) => {
    await stage.load(share(), both(open, first, ''));
    for (const run of [stage.controlled(1), stage.free()]) {
      expect(run.judgement).toMatchObject({
        kind: 'misuse',
        detail: `${ends[0]}.${operation} after this process has closed it (EBADF)`,
      });
    }
  });

  it.each([0, 65_537, 1.5])('is not read by %s bytes', async (most) => {
    await stage.load(share(), both(open, `line.read(${most});`, ''));
    expect(stage.controlled(1).judgement).toMatchObject({ kind: 'crash' });
    expect(stage.controlled(1).judgement?.detail).toContain('ask for 1 to 65536 bytes');
  });

  it.each([-1, 4095.5, 212_993, Number.NaN])('does not hold %s bytes', async (capacity) => {
    await stage.load(share(`{ capacity: ${capacity} }`), 'me.tell(1);');
    expect(stage.controlled(1).judgement).toMatchObject({ kind: 'crash' });
    expect(stage.controlled(1).judgement?.detail).toContain('bytes');
  });

  it('leaves no descriptor behind, however the run ended', async () => {
    const sockets = (): string[][] =>
      stage.openFiles().map((files) => files.filter((file) => file.includes('socket:')));
    const before = sockets();
    const endings = {
      well: 'line.write(1); line.close();',
      stuck: 'line.read(1);',
      crash: "if (me.number === 1) throw new Error('mine'); line.read(1);",
      misuse: 'if (me.number === 1) { line.close(); line.close(); } line.read(1);',
    };
    for (const [how, rest] of Object.entries(endings)) {
      await stage.load(share(), `const { s } = shared; ${open} ${rest}`);
      for (const seed of seeds(6)) stage.controlled(seed);
      expect(sockets(), how).toEqual(before);
    }
    await stage.load(share(), `const { s } = shared; ${open} ${endings.well}`);
    for (const seed of seeds(3)) stage.free(seed);
    expect(sockets()).toEqual(before);
  });
});
