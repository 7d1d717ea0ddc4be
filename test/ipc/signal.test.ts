import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { explain } from '../../harness/check/explain.ts';
import type { Judgement } from '../../harness/check/judgement.ts';
import { Ending } from '../../harness/process/control.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { inOwnProcess } from '../own-process.ts';
import { signalsAreThere } from '../signals-there.ts';
import { workbench } from '../workbench.ts';
import { Stage } from './stage.ts';
import { difference, type Model } from './step-by-step.ts';

const stage = new Stage('signal');
const mortal = new Stage('signal', { besides: 'faults: { kills: 1 },' });
afterAll(async () => {
  await stage.close();
  await mortal.close();
});
beforeEach(() => stage.ready());

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);
const SIGNALS = ['SIGUSR1', 'SIGUSR2', ...['', '+1', '+2'].map((n) => `SIGRTMIN${n}`)];

/** A process does these calls, and tells what it takes: signal, sender and value in one number. */
const does = (calls: readonly (readonly string[])[]): string => `
  const { s } = shared;
  const calls = ${JSON.stringify(calls)};
  const names = ${JSON.stringify(SIGNALS)};
  for (const call of calls[me.number]) {
    const [name, first, signal, value] = call.split(' ');
    try {
      if (name === 'send') s.send(Number(first), names[signal]);
      else if (name === 'queue') s.queue(Number(first), names[signal], Number(value));
      else if (name === 'isPending') me.tell(s.isPending(names[first]) ? 1 : 0);
      else {
        const set = names.filter((_, i) => Number(first) & (1 << i));
        const got = name === 'timedWait' ? s.timedWait(1, ...set) : s[name](...set);
        if (got) me.tell(names.indexOf(got.signal) + 16 * got.from + 512 * got.value);
      }
    } catch (e) {
      if (e.name !== 'IpcError') throw e;
      me.tell(e.code === 'EAGAIN' ? -1 : e.code === 'ESRCH' ? -2 : -3);
    }
  }`;

/** The pending signals by the book (signal(7)), of process 0, to which all others send. */
function modelOf(most: number): Model {
  let pending: { signal: number; from: number; value: number }[] = [];
  let ended = false;
  return ({ process, name, argument }) => {
    if (name === 'ends') {
      if (process === 0) ended = true;
      return { result: 0 };
    }
    if (name === 'isPending') {
      const is = pending.some(({ signal }) => signal === argument);
      return { result: Number(is), tells: Number(is) };
    }
    if (name === 'send' || name === 'queue') {
      if (ended) return { result: -3, tells: -2 };
      const signal = argument % 16;
      const value = argument < 512 ? 0 : Math.floor(argument / 512) - 1;
      if (signal < 2 && pending.some((p) => p.signal === signal)) return { result: 1 };
      if (signal >= 2 && pending.filter((p) => p.signal >= 2).length === most)
        return { result: 2, tells: -1 };
      pending.push({ signal, from: process, value });
      return { result: 0 };
    }
    const [next] = pending
      .filter(({ signal }) => argument & (1 << signal))
      .sort((a, b) => a.signal - b.signal);
    if (next === undefined) return undefined;
    pending = pending.filter((p) => p !== next);
    const all = next.signal + 16 * next.from;
    return { result: all + 512 * (next.value + 1), tells: all + 512 * next.value };
  };
}

const some = fc.integer({ min: 0, max: SIGNALS.length - 1 });
const set = fc.integer({ min: 1, max: 2 ** SIGNALS.length - 1 });
const call = fc.oneof(
  some.map((signal) => `send 0 ${signal}`),
  fc.tuple(some, fc.integer({ min: 0, max: 99 })).map(([signal, value]) => `queue 0 ${signal} ${value}`),
);
const taking = fc.oneof(
  { arbitrary: set.map((which) => `wait ${which}`), weight: 3 },
  set.map((which) => `tryWait ${which}`),
  set.map((which) => `timedWait ${which}`),
  some.map((signal) => `isPending ${signal}`),
  call,
);

describe.skipIf(!signalsAreThere)('signals', () => {
  it('do at every step what signal(7) says: one of a standard one, all of a real-time one, lowest first, who waits for ever', async () => {
    const program = fc.record({
      pending: fc.integer({ min: 1, max: 4 }),
      receiver: fc.array(taking, { minLength: 1, maxLength: 6 }),
      senders: fc.array(fc.array(call, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 2 }),
    });
    let deadlocks = 0;
    let waits = 0;
    await fc.assert(
      fc.asyncProperty(program, fc.nat(1000), async ({ pending, receiver, senders }, seed) => {
        const calls = [receiver, ...senders];
        await stage.load(`{ s: signal({ pending: ${pending} }) }`, does(calls), calls.length);
        const run = stage.controlled(seed);
        expect(difference(stage, run, modelOf(pending))).toBeUndefined();
        expect(stage.replayed(run)).toBeUndefined();
        if (run.outcome.ending === Ending.DEADLOCK) deadlocks++;
        if (stage.waits(run) > 0) waits++;
      }),
      { numRuns: 60, seed: 4 },
    );
    expect(deadlocks).toBeGreaterThan(0);
    expect(waits).toBeGreaterThan(0);
  });

  it('that are real-time come all, those of one number in order, and negative values whole; standard ones become one', async () => {
    await stage.load(
      '{ s: signal() }',
      `const { s } = shared;
       if (me.number === 0) {
         for (let i = 0; i < 40; i++) { s.queue(1, 'SIGRTMIN+3', -i * 50_000_000); s.send(1, 'SIGUSR1'); }
         s.send(1, 'SIGRTMIN+7');
       } else {
         const last = s.wait('SIGRTMIN+7');
         for (let i = 0; i < 40; i++) me.tell(s.wait('SIGRTMIN+3', 'SIGRTMIN+7').value / 50_000_000);
         me.tell(s.tryWait('SIGUSR1').value + last.from);
         me.tell(s.tryWait('SIGUSR1') === undefined && !s.isPending('SIGRTMIN+3'));
       }`,
    );
    const all = [...Array.from({ length: 40 }, (_, i) => -i), 0, 1];
    for (const run of [stage.controlled(1), stage.controlled(2), stage.free(1), stage.free(2)]) {
      expect(run.judgement).toBeUndefined();
      expect(run.told[1].map((n) => n + 0)).toEqual(all.map((n) => n + 0));
    }
  });

  it('sent to a process before it waits are not lost', async () => {
    await stage.load(
      '{ s: signal() }',
      `const { s } = shared;
       if (me.number === 0) for (let i = 0; i < 20; i++) { s.send(1, 'SIGUSR2'); s.wait('SIGUSR1'); me.tell(i); }
       else for (let i = 0; i < 20; i++) { s.wait('SIGUSR2'); me.tell(i); s.send(0, 'SIGUSR1'); }`,
    );
    for (const seed of SEEDS) {
      for (const run of [stage.controlled(seed), stage.free(seed)]) {
        expect(run.judgement).toBeUndefined();
        expect(run.told.map((n) => n.length)).toEqual([20, 20]);
      }
    }
  });

  it('left pending by a run are gone in the next one', async () => {
    await stage.load(
      '{ s: signal(), more: semaphore(0) }',
      `const { s, more } = shared;
       if (me.number === 1) { me.tell(s.isPending('SIGUSR1') || s.isPending('SIGRTMIN')); more.post(); more.wait(); }
       else { more.wait(); s.send(1, 'SIGUSR1'); for (let i = 0; i < 256; i++) s.queue(1, 'SIGRTMIN', i); more.post(); }`,
    );
    for (let seed = 0; seed < 6; seed++) {
      for (const run of [stage.controlled(seed), stage.free(seed)]) {
        if (run.judgement === undefined) expect(run.told[1]).toEqual([0]);
        await stage.ready();
      }
    }
  });

  it('that nobody sends are a deadlock, controlled and free', async () => {
    await stage.load(
      '{ s: signal() }',
      `if (me.number === 0) shared.s.send(1, 'SIGUSR1'); else shared.s.wait('SIGUSR2', 'SIGRTMIN+1');`,
    );
    const { outcome, judgement } = stage.controlled(1);
    const of = { strategy: '', seed: 1 };
    const c = { processes: 2 };
    const view = stage.seen('controlled', outcome);
    expect(explain(workbench, c, view, judgement as Judgement, of)).toMatchObject({
      kind: 'deadlock',
      message: expect.stringMatching(
        /wait\(SIGUSR2, SIGRTMIN\+1\)\. The other process has ended\. Look for the signal that should have come, and for the path on which it does not\.$/,
      ),
    });
    expect(stage.free(1).judgement?.kind).toBe('deadlock');
  });

  it('do not reach a process that has ended or was killed: ESRCH', async () => {
    await stage.load(
      '{ s: signal(), over: int32(0) }',
      `if (me.number === 0) { for (;;) { try { shared.s.send(1, 'SIGUSR1'); } catch (e) { me.tell(e.code === 'ESRCH'); break; } } }`,
    );
    for (const run of [stage.controlled(1), stage.controlled(2), stage.free(1)]) {
      expect(run.judgement).toBeUndefined();
      expect(run.told[0]).toEqual([1]);
    }
  });

  it('are told in words, and wrong calls too', async () => {
    await stage.load(
      '{ s: signal({ pending: 1 }) }',
      `const { s } = shared;
       if (me.number === 1) { s.wait('SIGRTMIN+2', 'SIGUSR1'); s.tryWait('SIGUSR1'); s.timedWait(5, 'SIGUSR2'); s.isPending('SIGUSR1'); s.wait('SIGRTMIN+2'); }
       else {
         s.send(1, 'SIGUSR1'); s.send(1, 'SIGUSR1'); s.queue(1, 'SIGRTMIN+2', 7);
         try { s.send(1, 'SIGRTMIN'); } catch (e) { me.tell(e.message === 'signal send failed: EAGAIN, too many real-time signals are pending there'); }
       }`,
    );
    const b = 'b: s[worker 1]';
    expect(stage.steps('v1 b1 a6 b9')).toEqual([
      `${b}.wait(SIGUSR1, SIGRTMIN+2) has to wait`,
      'a: s[worker 1].send(SIGUSR1)',
      'a: s[worker 1].send(SIGUSR1): is pending already, and stays one',
      'a: s[worker 1].queue(SIGRTMIN+2, 7)',
      'a: s[worker 1].send(SIGRTMIN) fails: EAGAIN',
      'a: tells 1',
      'a: s[worker 0].ends()',
      `${b}.wait(SIGUSR1, SIGRTMIN+2) → SIGUSR1 from process 0`,
      `${b}.tryWait(SIGUSR1) finds that it would have to wait`,
      `${b}.timedWait(SIGUSR2) times out`,
      `${b}.isPending(SIGUSR1) → false`,
      `${b}.wait(SIGRTMIN+2) → SIGRTMIN+2 with 7 from process 0`,
      `${b}.ends()`,
    ]);
    for (const wrong of [
      "s.send(2, 'SIGUSR1')",
      "s.send('1', 'SIGUSR1')",
      "s.send(0, 'SIGKILL')",
      "s.queue(0, 'SIGUSR1', 0.5)",
      's.wait()',
    ]) {
      await stage.load('{ s: signal() }', `const { s } = shared; ${wrong};`, 1);
      expect(stage.controlled(0).judgement?.detail).toMatch(/^RangeError: /);
    }
    await stage.load('{ s: signal(), t: signal() }', '', 1);
    expect(stage.controlled(0).judgement?.detail).toMatch(/^RangeError: signal\(\) a second time/);
  });

  it('leave no descriptor behind', async () => {
    await stage.load(
      '{ s: signal() }',
      `shared.s.send(0, 'SIGRTMIN'); if (me.number === 0) { shared.s.wait('SIGRTMIN'); shared.s.wait('SIGRTMIN'); }`,
    );
    stage.controlled(0);
    const before = stage.openFiles();
    for (let seed = 0; seed < 5; seed++) expect(stage.controlled(seed).judgement).toBeUndefined();
    expect(stage.openFiles()).toEqual(before);
  });

  it.each(['controlled', 'free'] as const)(
    'are given to nobody who was killed since the last run, and that is seen (%s)',
    async (mode) => {
      await stage.load(
        '{ s: signal() }',
        `if (me.number === 0) shared.s.send(1, 'SIGUSR1'); else { shared.s.wait('SIGUSR1'); me.tell(1); }`,
      );
      stage[mode](1);
      const pid = stage.team.pids[1];
      process.kill(pid, 'SIGKILL');
      while (existsSync(`/proc/${pid}`)) await setTimeout(1);
      expect(stage[mode](2).outcome.lost).toEqual({ process: 1, how: 'died' });
      await stage.ready();
      expect(stage[mode](3).told[1]).toEqual([1]);
    },
  );

  it('reach nobody who was killed, and none of his is left for the one in his place', async () => {
    await mortal.load(
      '{ s: signal() }',
      `const { s } = shared;
       if (me.number === 1) { if (s.isPending('SIGRTMIN')) me.tell(7); s.wait('SIGUSR2'); }
       else try { for (let i = 0; i < 8; i++) s.queue(1, 'SIGRTMIN', i); s.send(1, 'SIGUSR2'); }
       catch (e) { me.tell(e.code === 'ESRCH' ? 1 : 2); }`,
    );
    let refused = 0;
    for (let seed = 0; seed < 20; seed++) {
      await mortal.ready();
      const run = mortal.ran({
        mode: 'controlled',
        seed,
        strategy: uniform,
        length: 12,
        exact: seed % 5 === 0,
      });
      expect(run.told[0]).not.toContain(2);
      if (run.told[0].length > 0) {
        expect(run.killed).toEqual([1]);
        refused++;
      } else if (run.killed.length === 0) expect(run.judgement).toBeUndefined();
    }
    expect(refused).toBeGreaterThan(0);
  });

  it('are still waited for after the process was stopped and went on (EINTR)', async () => {
    await stage.load(
      '{ s: signal() }',
      `const { s } = shared;
       if (me.number === 0) { me.tell(s.timedWait(300, 'SIGUSR2') === undefined); s.send(1, 'SIGUSR1'); }
       else { s.wait('SIGUSR1'); me.tell(2); }`,
    );
    await stage.ready();
    const pids = stage.team.pids.join(' ');
    const stops = spawn('sh', ['-c', `sleep 0.1; kill -STOP ${pids}; kill -CONT ${pids}`]);
    const stopped = new Promise((resolve) => stops.on('exit', resolve));
    const { judgement, told } = stage.free(1);
    await stopped;
    expect(judgement).toBeUndefined();
    expect(told).toEqual([[1], [2]]);
  });
});

it('a confined process signals those whose descriptor it has, by these signals, and comes to no other descriptor', () => {
  // A process of its own, since there is no way back.
  const script = `
    import { confine } from './harness/os/confine.ts';
    import { socketPair } from './harness/os/descriptors.ts';
    import { errno, errorName, inC } from './harness/os/libc.ts';
    import { blockSignals, signalCalls, signalDescriptor } from './harness/os/signal.ts';
    blockSignals();
    let mine;
    try { mine = signalDescriptor(process.pid); } catch { console.log('none'); process.exit(); }
    const [socket] = socketPair();
    const option = inC('int getsockopt(int socket, int level, int option, uint8_t *value, uint32_t *length)');
    const set = inC('int setsockopt(int socket, int level, int option, uint8_t *value, uint32_t length)');
    const send = inC('long syscall(long number, int pidfd, int signal, size_t info, uint flags)');
    const open = inC('long syscall(long number, int pid, uint flags)');
    const take = inC('long syscall(long number, int pidfd, int fd, uint flags)');
    if (!confine()) { console.log('none'); process.exit(); }
    const failed = (result) => (Number(result) < 0 ? errorName(errno()) : 'done');
    const calls = signalCalls();
    const word = new Uint8Array([1, 0, 0, 0]);
    const length = new Uint32Array([4]);
    const found = {
      sent: calls.signalSend(mine, 0, 5, 3),
      queued: calls.signalSend(mine, 9, 6, 3),
      taken: [calls.signalTake(1, 0), calls.signalValue(), calls.signalTake(1023, 0), calls.signalValue(), calls.signalTake(1023, 0)],
      kill: [2, 9, 15, 19].map((signal) => failed(send(424, mine, signal, 0, 0))),
      open: failed(open(434, process.ppid, 0)),
      take: failed(take(438, mine, 1, 0)),
      peer: failed(option(socket, 1, 77, word, length)),
      pass: failed(set(socket, 1, 76, word, 4)),
      other: failed(option(socket, 1, 7, word, length)),
    };
    console.log(JSON.stringify(found));
  `;
  const said = inOwnProcess(script).stdout.trim();
  if (said === 'none') return; // this kernel has no filter, or no such descriptors
  expect(JSON.parse(said)).toEqual({
    sent: 0,
    queued: 0,
    taken: [0, 5, 9, 6, -11],
    kill: ['EPERM', 'EPERM', 'EPERM', 'EPERM'],
    open: 'EPERM',
    take: 'EPERM',
    peer: 'EPERM',
    pass: 'EPERM',
    other: 'done',
  });
});
