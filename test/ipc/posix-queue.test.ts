import { closeSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { posixQueue } from '../../harness/ipc/posix-queue.ts';
import { errno, inC } from '../../harness/os/libc.ts';
import { systemCalls } from '../../harness/os/machine.ts';
import { abandonedPosixQueues, createPosixQueue, removePosixQueue } from '../../harness/os/posix-queue.ts';
import { Ending } from '../../harness/process/control.ts';
import { Stage } from './stage.ts';
import { difference, type Model } from './step-by-step.ts';

const stage = new Stage('posixQueue');
afterAll(() => stage.close());
beforeEach(() => stage.ready());

const sleepFor = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

/** A process does these calls, and tells the numbers it gets. Messages are numbered: process, then call. */
const does = (calls: readonly (readonly string[])[]): string => `
  const { q } = shared;
  const calls = ${JSON.stringify(calls)};
  calls[me.number].forEach((call, n) => {
    const id = me.number * 100 + n + 1;
    const [name, priority] = call.split(' ');
    if (name === 'send' || name === 'trySend') q[name](id, Number(priority));
    else if (name === 'timedSend') q.timedSend(id, 1, Number(priority));
    else if (name === 'count') me.tell(q.count);
    else {
      const got = q[name](1);
      if (got !== undefined) me.tell(got.int32);
    }
  });`;

/** The queue by the book: the highest priority first, and among those the one that was sent first. */
function modelOf(capacity: number): Model {
  let messages: { priority: number; id: number }[] = [];
  return ({ process, n, name, argument }) => {
    if (name === 'count') return { result: messages.length, tells: messages.length };
    if (/send$/i.test(name)) {
      if (messages.length === capacity) return undefined;
      messages.push({ priority: Math.floor(argument / 65_536), id: process * 100 + n + 1 });
      return { result: 0 };
    }
    const first = Math.max(...messages.map(({ priority }) => priority));
    const next = messages.find(({ priority }) => priority === first);
    if (next === undefined) return undefined;
    messages = messages.filter((m) => m !== next);
    return { result: next.priority * 65_536 + 4, tells: next.id };
  };
}

const PRIORITIES = [0, 1, 2, 32_767];
const call = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PRIORITIES.map((p) => `send ${p}`)) },
  { weight: 4, arbitrary: fc.constant('receive') },
  fc.constantFrom('trySend 1', 'timedSend 2', 'tryReceive', 'timedReceive', 'count'),
);

describe('a POSIX message queue', () => {
  it('does at every step what mq_overview(7) says: priorities, order, full and empty, and who waits for ever', async () => {
    const program = fc.record({
      capacity: fc.integer({ min: 1, max: 3 }),
      calls: fc.array(fc.array(call, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 3 }),
    });
    const endings = new Set<number>();
    await fc.assert(
      fc.asyncProperty(program, async ({ capacity, calls }) => {
        await stage.load(`{ q: posixQueue({ capacity: ${capacity} }) }`, does(calls), calls.length);
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
    const calls = [['send 1', 'send 0', 'timedSend 3'], ['receive', 'timedReceive', 'count'], ['send 2']];
    await stage.load('{ q: posixQueue({ capacity: 1 }) }', does(calls), 3);
    let waits = 0;
    for (const seed of SEEDS) {
      const run = stage.controlled(seed);
      waits += stage.waits(run);
      expect(stage.replayed(run)).toBeUndefined();
    }
    expect(waits).toBeGreaterThan(20);
  });

  it('loses and doubles nothing at full speed, and keeps the order of what one sends with one priority', async () => {
    await stage.load(
      '{ q: posixQueue({ capacity: 3 }) }',
      `const { q } = shared;
       if (me.number < 2) { for (let i = 0; i < 200; i++) q.send(me.number * 1000 + i, i % 2); }
       else { for (let i = 0; i < 200; i++) me.tell(q.receive().int32); }`,
      4,
    );
    for (let seed = 0; seed < 5; seed++) {
      const run = stage.free(seed);
      expect(run.outcome.ending).toBe(Ending.FINISHED);
      const all = [...run.told[2], ...run.told[3]].sort((a, b) => a - b);
      expect(all).toEqual([0, 1000].flatMap((from) => Array.from({ length: 200 }, (_, i) => from + i)));
      for (const got of [run.told[2], run.told[3]]) {
        for (const [sender, priority] of [0, 1].flatMap((s) => [0, 1].map((p) => [s, p]))) {
          const line = got.filter((n) => Math.floor(n / 1000) === sender && n % 2 === priority);
          expect(line).toEqual([...line].sort((a, b) => a - b));
        }
      }
    }
  });

  it('carries text, bytes and nothing at all, up to its size and not a byte more', async () => {
    await stage.load(
      '{ q: posixQueue({ messageSize: 8192 }) }',
      `const { q } = shared;
       if (me.number === 1) return;
       q.send(''); me.tell(q.receive().bytes.length);
       q.send('Grüße 🏓'); me.tell(q.receive().text === 'Grüße 🏓');
       const bytes = Uint8Array.from({ length: 8192 }, (_, i) => i * 7);
       q.send(bytes); me.tell(q.receive().bytes.every((b, i) => b === bytes[i]));
       q.send(-5, 32767); const m = q.receive(); me.tell(m.int32); me.tell(m.priority);
       try { q.send(new Uint8Array(8193)); } catch (e) { me.tell(e.code === 'EMSGSIZE'); }`,
    );
    const expected = [0, 1, 1, -5, 32_767, 1];
    expect(stage.controlled(1).all).toEqual(expected);
    expect(stage.free().all).toEqual(expected);
  });

  it('says what is wrong with what it is asked for', async () => {
    for (const capacity of [0, 11, 1.5, Number.NaN]) {
      expect(() => posixQueue({ capacity })).toThrow(
        `posixQueue with a capacity of ${capacity}: use 1 to 10 messages.`,
      );
    }
    expect(() => posixQueue({ messageSize: 8193 })).toThrow('use 1 to 8192 bytes');
    for (const priority of ['-1', '32768', '0.5', 'NaN', '"1"']) {
      await stage.load('{ q: posixQueue() }', `shared.q.send(1, ${priority})`);
      const { judgement } = stage.controlled(1);
      expect(judgement?.detail).toMatch(/RangeError: priority .+: use 0 to 32767, higher ones come first/);
    }
    await stage.load(
      '{ q: posixQueue() }',
      'if (me.number === 0) { shared.q.send("a"); shared.q.receive().int32 }',
    );
    expect(stage.controlled(1).judgement?.detail).toContain('a number has 4 bytes; there are 1');
  });

  it('lets nobody wait for ever without telling, and its team plays on', async () => {
    const full = 'for (;;) shared.q.send(1);';
    const empty = 'shared.q.receive();';
    for (const worker of [full, empty]) {
      await stage.load('{ q: posixQueue({ capacity: 2 }) }', worker);
      expect(stage.controlled(1).outcome.ending).toBe(Ending.DEADLOCK);
      expect(stage.free().outcome.ending).toBe(Ending.DEADLOCK);
      await stage.ready();
      expect(stage.controlled(2).outcome.ending).toBe(Ending.DEADLOCK);
    }
  });

  it('waits no longer than it was told to, and does not call that a deadlock', async () => {
    await stage.load(
      '{ q: posixQueue({ capacity: 1 }) }',
      `const { q } = shared;
       const began = Date.now();
       if (me.number === 1) return;
       me.tell(q.timedReceive(60) === undefined); me.tell(Date.now() - began >= 59);
       q.send(1); me.tell(q.timedSend(2, 60)); me.tell(Date.now() - began >= 119);
       me.tell(q.timedReceive(60).int32);`,
    );
    const run = stage.free();
    expect(run.outcome.ending).toBe(Ending.FINISHED);
    expect(run.all).toEqual([1, 1, 0, 1, 1]);
  });

  it('leaves no descriptor and no name', async () => {
    await stage.load('{ q: posixQueue(), r: posixQueue() }', 'shared.q.send(1, 1); shared.q.receive();');
    stage.controlled(0);
    stage.free();
    const before = stage.openFiles();
    for (const seed of SEEDS) stage.controlled(seed);
    for (const seed of SEEDS) stage.free(seed);
    expect(stage.openFiles()).toEqual(before);
    // Other processes may have one for a moment.
    for (let look = 0; look < 100 && abandonedPosixQueues().length > 0; look++) sleepFor(10);
    expect(abandonedPosixQueues()).toEqual([]);
  });

  it('can be made where all names are taken by what others left behind', () => {
    const { mq } = systemCalls();
    const open = inC(
      'long syscall(long number, const char *name, int flags, uint mode, int64_t *attributes)',
    );
    for (let n = 0; n < 8; n++) {
      const fd = Number(open(mq.open, `interleave-${process.geteuid?.()}-${n}`, 0o102, 0o600, null));
      expect(fd, `errno ${errno()}`).toBeGreaterThan(0);
      closeSync(fd);
    }
    for (let n = 0; n < 9; n++) closeSync(createPosixQueue(1, 1, true));
    for (let n = 0; n < 8; n++) removePosixQueue(`interleave-${process.geteuid?.()}-${n}`);
  });

  it('is refused by name of the limit that is in the way', () => {
    const RLIMIT_MSGQUEUE = 12;
    const limits = new BigUint64Array(2);
    const get = inC('int getrlimit(int resource, uint64_t *limits)');
    const set = inC('int setrlimit(int resource, uint64_t *limits)');
    expect(get(RLIMIT_MSGQUEUE, limits), `errno ${errno()}`).toBe(0);
    set(RLIMIT_MSGQUEUE, new BigUint64Array([1000n, limits[1]]));
    try {
      expect(() => createPosixQueue(10, 256, true)).toThrow(
        /^mq_open failed: EMFILE, for a queue of 10 messages of 256 bytes. All queues of this user together may take 1000 bytes \(RLIMIT_MSGQUEUE\)/,
      );
    } finally {
      set(RLIMIT_MSGQUEUE, limits);
    }
    expect(() => createPosixQueue(100_000, 256, true)).toThrow(/msg_max/);
  });

  it('says in words what its steps do', async () => {
    const calls = [
      ['send 3', 'trySend 0', 'timedSend 0'],
      ['receive', 'tryReceive', 'timedReceive', 'count'],
    ];
    await stage.load('{ q: posixQueue({ capacity: 1 }) }', does(calls));
    expect(stage.steps('v1 b1 a3 b1 b5')).toEqual([
      'b: q.receive() has to wait',
      'a: q.send(4 bytes, priority 3)',
      'a: q.trySend(4 bytes, priority 0) → false',
      'a: q.timedSend(4 bytes, priority 0) times out',
      'b: q.receive() → 4 bytes, priority 3',
      'b: tells 1',
      'b: q.tryReceive() → undefined',
      'b: q.timedReceive() times out',
      'b: q.count → 0',
      'b: tells 0',
    ]);
  });
});
