// Datagrams over Unix-domain sockets and UDP, between real processes.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Ending } from '../../harness/process/control.ts';
import { Stage } from './stage.ts';

const stage = new Stage('unixDatagram', 'udp');
afterAll(() => stage.close());
beforeEach(() => stage.ready());

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

describe.each(['unixDatagram', 'udp'])('%s', (kind) => {
  it('keeps every message whole, and those of one sender in order', async () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(lengths, lengths, async (first, second) => {
        const sends = (all: readonly number[], mark: number): string =>
          `for (const n of ${JSON.stringify(all)}) p.send(new Uint8Array(n).fill(${mark}));`;
        await stage.load(
          `{ p: ${kind}() }`,
          `const { p } = shared;
           if (me.number === 0) { ${sends(first, 1)} } else if (me.number === 1) { ${sends(second, 2)} }
           else for (let n = 0; n < ${first.length + second.length}; n++) {
             const got = p.receive();
             for (const byte of got) if (byte !== got[0]) throw new Error('torn');
             me.tell(100 * (got[0] ?? 0) + got.length);
           }`,
          3,
        );
        for (const run of [stage.controlled(1), stage.controlled(2), stage.free()]) {
          expect(run.outcome.ending).toBe(Ending.FINISHED);
          const got = run.told[2];
          const of = (mark: number): number[] =>
            got.filter((n) => Math.floor(n / 100) === mark).map((n) => n % 100);
          expect(of(1)).toEqual(first.filter((n) => n > 0));
          expect(of(2)).toEqual(second.filter((n) => n > 0));
          expect(of(0).length).toBe([...first, ...second].filter((n) => n === 0).length);
        }
      }),
      { numRuns: 8, seed: 4 },
    );
  });

  it('gives the same run again by the same schedule, waits and losses included', async () => {
    await stage.load(
      `{ p: ${kind}(${kind === 'udp' ? '{ capacity: 2048 }' : ''}) }`,
      `const { p } = shared;
       if (me.number > 0) { for (let n = 0; n < 15; n++) p.send(100 * me.number + n); }
       else for (let n = 0; n < 16; n++) me.tell(p.receiveInt32());`,
      3,
    );
    let waits = 0;
    for (const seed of SEEDS) {
      const run = stage.controlled(seed);
      waits += stage.waits(run);
      expect(stage.replayed(run), `seed ${seed}`).toBeUndefined();
    }
    expect(waits).toBeGreaterThan(0);
  });

  it('cuts off what the receiver does not ask for', async () => {
    await stage.load(
      `{ p: ${kind}() }`,
      "const { p } = shared; p.send('abcdef'); p.send('xy'); me.tell(p.receive(4).length); me.tell(p.receive(4).length);",
      1,
    );
    for (const run of [stage.controlled(1), stage.free()]) expect(run.told).toEqual([[4, 2]]);
  });

  it('refuses a message that is too long, and the next one goes through', async () => {
    await stage.load(
      `{ p: ${kind}(${kind === 'udp' ? '' : '{ capacity: 8192 }'}) }`,
      `const { p } = shared;
       try { p.send(new Uint8Array(65_536)); } catch (e) { me.tell(e.code === 'EMSGSIZE' ? 90 : -1); }
       p.send(7); me.tell(p.receiveInt32());`,
      1,
    );
    for (const run of [stage.controlled(1), stage.free()]) expect(run.told).toEqual([[90, 7]]);
  });

  it('is no number where it has fewer than 4 bytes', async () => {
    await stage.load(`{ p: ${kind}() }`, "shared.p.send('abc'); shared.p.receiveInt32();", 1);
    for (const run of [stage.controlled(1), stage.free()])
      expect(run.judgement).toMatchObject({ kind: 'crash' });
  });

  it('that nobody sends is a deadlock', async () => {
    await stage.load(`{ p: ${kind}() }`, 'shared.p.receive();');
    for (const run of [stage.controlled(0), stage.free()])
      expect(run.judgement).toMatchObject({ kind: 'deadlock' });
  });

  it.each([
    ['closed twice', 'p.close(); p.close();', 'close'],
    ['sent after it was closed', 'p.close(); p.send(1);', 'send'],
    ['received after it was closed', 'p.close(); p.receive();', 'receive'],
  ])('that is %s is misused', async (_, worker, operation) => {
    await stage.load(`{ p: ${kind}() }`, `const { p } = shared; ${worker}`);
    for (const run of [stage.controlled(1), stage.free()]) {
      expect(run.judgement).toMatchObject({
        kind: 'misuse',
        detail: `${operation} after this process has closed it (EBADF)`,
      });
    }
  });

  it.each([-1, 2047, 212_993, Number.NaN])('does not hold %s bytes', async (capacity) => {
    await stage.load(`{ p: ${kind}({ capacity: ${capacity} }) }`, 'me.tell(1);');
    expect(stage.controlled(1).judgement).toMatchObject({ kind: 'crash' });
    expect(stage.controlled(1).judgement?.detail).toContain('bytes');
  });

  it('leaves no descriptor behind, however the run ended', async () => {
    const sockets = (): string[][] =>
      stage.openFiles().map((files) => files.filter((file) => file.includes('socket:')));
    const before = sockets();
    for (const rest of [
      'p.close();',
      'p.receive();',
      "if (me.number === 1) throw new Error('mine'); p.receive();",
    ]) {
      await stage.load(`{ p: ${kind}() }`, `const { p } = shared; p.send(1); p.receive(); ${rest}`);
      for (const seed of SEEDS.slice(0, 6)) stage.controlled(seed);
      expect(sockets(), rest).toEqual(before);
    }
  });
});

describe('unixDatagram', () => {
  it('lets the sender wait while the queue is full, and loses nothing', async () => {
    const queue = Number(readFileSync('/proc/sys/net/unix/max_dgram_qlen', 'utf8'));
    await stage.load(
      '{ p: unixDatagram() }',
      `const { p } = shared;
       if (me.number === 0) for (let n = 0; n < ${3 * queue}; n++) { p.send(n); me.tell(n); }
       else { me.tell(1000); for (let n = 0; n < ${3 * queue}; n++) me.tell(p.receiveInt32()); }`,
    );
    const all = Array.from({ length: 3 * queue }, (_, n) => n);
    let waits = 0;
    for (const seed of SEEDS) {
      const run = stage.controlled(seed);
      expect(run.told).toEqual([all, [1000, ...all]]);
      waits += stage.waits(run);
    }
    expect(waits).toBeGreaterThan(0);
    expect(stage.free().told).toEqual([all, [1000, ...all]]);
    const steps = stage.steps('v1 a999');
    expect(steps.filter((step) => step === 'a: p.send(4 bytes)').length).toBe(queue + 1);
  });
});

describe('udp', () => {
  it('loses what there is no room for, without a word to the sender, and says so in the trace', async () => {
    await stage.load(
      '{ p: udp({ capacity: 2048 }) }',
      `const { p } = shared;
       for (let n = 1; n <= 8; n++) p.send(n);
       for (;;) me.tell(p.receiveInt32());`,
      1,
    );
    for (const run of [stage.controlled(0), stage.free()]) {
      expect(run.judgement).toMatchObject({ kind: 'deadlock' });
      const [got] = run.told;
      expect(got.length).toBeGreaterThan(1);
      expect(got.length).toBeLessThan(8);
      expect(got).toEqual(got.map((_, i) => i + 1));
    }
    await stage.ready();
    const steps = stage.steps('v1 a99');
    const lost = steps.filter(
      (step) => step === 'a: p.send(4 bytes) is lost: there is no room for it',
    ).length;
    const got = steps.filter((step) => step === 'a: p.receive() → 4 bytes').length;
    expect(lost).toBeGreaterThan(0);
    expect(lost + got).toBe(8);
  });
});
