import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { sysvQueue } from '../../harness/ipc/sysv-queue.ts';
import { Ending } from '../../harness/process/control.ts';
import { Stage } from './stage.ts';
import { difference, type Model } from './step-by-step.ts';

const stage = new Stage('sysvQueue');
afterAll(() => stage.close());
beforeEach(() => stage.ready());

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

/** A process does these calls, and tells the first byte of what it gets: process, then call. */
const does = (calls: readonly (readonly string[])[]): string => `
  const { q } = shared;
  const calls = ${JSON.stringify(calls)};
  calls[me.number].forEach((call, n) => {
    const [name, type, bytes] = call.split(' ');
    if (name.endsWith('end')) q[name](new Uint8Array(Number(bytes)).fill(me.number * 16 + n), Number(type));
    else {
      const got = q[name](Number(type));
      if (got !== undefined) me.tell(got.bytes[0]);
    }
  });`;

/** The queue by the book (msgop(2)): so many bytes, no more messages than that, and whoever receives chooses by type. */
function modelOf(capacity: number): Model {
  let messages: { type: number; bytes: number; id: number }[] = [];
  const fitting = (wanted: number): (typeof messages)[number] | undefined => {
    if (wanted > 0) return messages.find(({ type }) => type === wanted);
    if (wanted === 0) return messages[0];
    const least = Math.min(...messages.map(({ type }) => type));
    return least <= -wanted ? messages.find(({ type }) => type === least) : undefined;
  };
  return ({ process, n, name, argument }) => {
    if (name.endsWith('end')) {
      const bytes = argument % 65_536;
      const sum = messages.reduce((all, m) => all + m.bytes, 0);
      if (sum + bytes > capacity || messages.length + 1 > capacity) return undefined;
      messages.push({ type: Math.floor(argument / 65_536), bytes, id: process * 16 + n });
      return { result: 0 };
    }
    const next = fitting(argument);
    if (next === undefined) return undefined;
    messages = messages.filter((m) => m !== next);
    return { result: next.type * 65_536 + next.bytes, tells: next.id };
  };
}

const type = fc.constantFrom(1, 2, 3, 32_767);
const sending = fc
  .tuple(fc.constantFrom('send', 'send', 'send', 'trySend'), type, fc.integer({ min: 1, max: 3 }))
  .map((all) => all.join(' '));
const receiving = fc
  .tuple(fc.constantFrom('receive', 'receive', 'tryReceive'), fc.constantFrom(0, 0, 1, 2, 3, -1, -2, -32_767))
  .map((all) => all.join(' '));

describe('a System V message queue', () => {
  it('does at every step what msgop(2) says: types, order, full and empty, and who waits for ever', async () => {
    const program = fc.record({
      capacity: fc.integer({ min: 2, max: 6 }),
      calls: fc.array(fc.array(fc.oneof(sending, receiving), { minLength: 1, maxLength: 5 }), {
        minLength: 2,
        maxLength: 3,
      }),
    });
    const endings = new Set<number>();
    await fc.assert(
      fc.asyncProperty(program, async ({ capacity, calls }) => {
        await stage.load(`{ q: sysvQueue({ bytes: ${capacity} }) }`, does(calls), calls.length);
        for (const seed of [1, 2, 3]) {
          const run = stage.controlled(seed);
          endings.add(run.outcome.ending);
          expect(difference(stage, run, modelOf(capacity))).toBeUndefined();
        }
      }),
      { numRuns: 60, seed: 7 },
    );
    expect([...endings].sort()).toEqual([Ending.FINISHED, Ending.DEADLOCK].sort());
  });

  it('gives the same run again by the same schedule', async () => {
    await stage.load(
      '{ q: sysvQueue({ bytes: 2 }) }',
      does([
        ['send 1 2', 'send 2 1', 'trySend 3 1'],
        ['receive 2', 'receive 0', 'tryReceive -3'],
      ]),
    );
    let waits = 0;
    for (const seed of SEEDS) {
      const run = stage.controlled(seed);
      waits += stage.waits(run);
      expect(stage.replayed(run)).toBeUndefined();
    }
    expect(waits).toBeGreaterThan(20);
  });

  it('brings each message to the one it is for, at full speed, in the order in which it was sent', async () => {
    await stage.load(
      '{ q: sysvQueue({ bytes: 12 }) }',
      `const { q } = shared;
       if (me.number < 2) { for (let i = 0; i < 200; i++) q.send(me.number * 1000 + i, 2 + i % 2); }
       else { for (let i = 0; i < 200; i++) me.tell(q.receive(me.number).int32); }`,
      4,
    );
    for (let seed = 0; seed < 5; seed++) {
      const run = stage.free(seed);
      expect(run.outcome.ending).toBe(Ending.FINISHED);
      for (const me of [2, 3]) {
        for (const from of [0, 1000]) {
          const line = Array.from({ length: 100 }, (_, i) => from + 2 * i + (me - 2));
          expect(run.told[me].filter((n) => n - from >= 0 && n - from < 1000)).toEqual(line);
        }
      }
    }
  });

  it('carries text, numbers and nothing at all, up to 8192 bytes', async () => {
    await stage.load(
      '{ q: sysvQueue() }',
      `const { q } = shared;
       if (me.number === 1) return;
       q.send(''); me.tell(q.receive().bytes.length);
       q.send('Grüße 🏓'); me.tell(q.receive().text === 'Grüße 🏓');
       const bytes = Uint8Array.from({ length: 8192 }, (_, i) => i * 7);
       q.send(bytes); me.tell(q.receive().bytes.every((b, i) => b === bytes[i]));
       q.send(-5, 32767); const m = q.receive(); me.tell(m.int32); me.tell(m.type);
       try { q.send(new Uint8Array(65_000)); } catch (e) { me.tell(e.code === 'EINVAL'); }`,
    );
    const expected = [0, 1, 1, -5, 32_767, 1];
    expect(stage.controlled(1).all).toEqual(expected);
    expect(stage.free().all).toEqual(expected);
  });

  it('says what is wrong with what it is asked for', async () => {
    for (const bytes of [0, 16_385, 1.5]) {
      expect(() => sysvQueue({ bytes })).toThrow(`sysvQueue for ${bytes} bytes: use 1 to 16384.`);
    }
    for (const [worker, complaint] of [
      ['shared.q.send(1, 0)', 'cannot send a message of type 0: use 1 to 32767'],
      ['shared.q.send(1, 40000)', 'cannot send a message of type 40000'],
      ['shared.q.receive(-40000)', 'cannot receive type -40000: use 0 for any, or up to 32767'],
      ['shared.q.receive("1")', 'cannot receive type 1'],
    ]) {
      await stage.load('{ q: sysvQueue() }', worker);
      expect(stage.controlled(1).judgement?.detail).toContain(complaint);
    }
  });

  it('lets nobody wait for ever without telling: also not for a type that nobody sends, or with a message that never fits', async () => {
    const never = 'if (me.number === 0) shared.q.send(1, 1); else shared.q.receive(2);';
    const long = 'if (me.number === 0) shared.q.send("longer than that");';
    for (const worker of [never, long]) {
      await stage.load('{ q: sysvQueue({ bytes: 8 }) }', worker);
      expect(stage.controlled(1).outcome.ending).toBe(Ending.DEADLOCK);
      expect(stage.free().outcome.ending).toBe(Ending.DEADLOCK);
      await stage.ready();
    }
  });

  it('says in words what its steps do', async () => {
    await stage.load(
      '{ q: sysvQueue({ bytes: 4 }) }',
      does([
        ['send 3 4', 'trySend 1 1'],
        ['receive -3', 'tryReceive 0'],
      ]),
    );
    expect(stage.steps('v1 b1 a2 b3')).toEqual([
      'b: q.receive(lowest type up to 3) has to wait',
      'a: q.send(4 bytes, type 3)',
      'a: q.trySend(1 byte, type 1) → false',
      'b: q.receive(lowest type up to 3) → 4 bytes, type 3',
      'b: tells 0',
      'b: q.tryReceive(any type) → undefined',
    ]);
  });
});
