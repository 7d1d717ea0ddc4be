// Remote procedure calls between real processes: by ONC RPC and by gRPC, over Unix-domain sockets and TCP.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Ending } from '../../harness/process/control.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { parse } from '../../harness/schedule/schedule.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { Stage } from './stage.ts';

const stage = new Stage('rpc');
const mortal = new Stage('rpc', { besides: 'faults: { kills: 1 },' });
afterAll(async () => {
  await stage.close();
  await mortal.close();
});
beforeEach(() => stage.ready());

const SEEDS = Array.from({ length: 10 }, (_, seed) => seed);
const types =
  '{ double: [xdr.int, xdr.int], greet: [xdr.struct({ name: xdr.string(), times: xdr.unsigned }), xdr.string()] }';
const handlers = `{
  double: (n) => 2 * n,
  greet: ({ name, times }) => ('hello ' + name + ' ').repeat(times),
}`;

describe.each([
  ['onc', 'unix'],
  ['onc', 'tcp'],
  ['grpc', 'unix'],
])('calls by %s over %s', (transport, over) => {
  const how = `procedures: ${types}, transport: '${transport}', over: '${over}'`;
  const made = `rpc({ ${how} })`;

  it('run in the process that serves, and return what it returns', async () => {
    await stage.load(
      `{ s: ${made}, left: atomicInt32(2) }`,
      `const { s, left } = shared;
       if (me.number === 2) { s.serve({ double: (n) => { me.tell(n); return 2 * n; }, greet: ({ name, times }) => (name + '!').repeat(times) }); return; }
       const c = s.connect();
       me.tell(c.call('double', -21 - me.number));
       if (c.call('greet', { name: 'Ærøskøbing', times: 2 }) === 'Ærøskøbing!Ærøskøbing!') me.tell(1);
       c.close();
       if (left.add(-1) === 1) s.stop();`,
      3,
    );
    for (const seed of SEEDS) {
      const ran = stage.controlled(seed);
      expect(ran.judgement).toBeUndefined();
      expect(ran.outcome.ending).toBe(Ending.FINISHED);
      expect(ran.told.slice(0, 2)).toEqual([
        [-42, 1],
        [-44, 1],
      ]);
      expect(stage.replayed(ran)).toBeUndefined();
    }
    expect(stage.free().told.slice(0, 2)).toEqual([
      [-42, 1],
      [-44, 1],
    ]);
  });

  it('carry more than fits through at once, to and fro', async () => {
    await stage.load(
      `{ s: ${made} }`,
      `const { s } = shared;
       if (me.number === 1) { s.serve(${handlers}); return; }
       const c = s.connect();
       const name = 'x'.repeat(70_000);
       me.tell(c.call('greet', { name, times: 3 }) === ('hello ' + name + ' ').repeat(3));
       c.close();
       s.stop();`,
    );
    for (const ran of [stage.controlled(0), stage.controlled(1), stage.free()])
      expect(ran.told[0]).toEqual([1]);
  });

  it('reach handlers that are methods, and wait for their own answer where the argument has called as well', async () => {
    await stage.load(
      `{ s: ${made} }`,
      `const { s } = shared;
       class Calculator { factor = 2; double(n) { return this.factor * n; } greet({ name }) { return name; } }
       if (me.number === 1) { s.serve(new Calculator()); return; }
       const c = s.connect();
       me.tell(c.call('double', 4));
       const name = c.call('greet', { get name() { return 'n' + c.call('double', 3); }, times: 1 });
       me.tell(name === 'n6');
       for (const repeats of [NaN, -1, 0.5]) {
         try { c.timedCall('double', 1, 1, { repeats }); } catch (e) { me.tell(e instanceof RangeError); }
       }
       c.close();
       s.stop();`,
    );
    for (const ran of [stage.controlled(0), stage.controlled(1), stage.free()])
      expect(ran.told[0]).toEqual([8, 1, 1, 1, 1]);
  });

  it('say where a record would be too long', async () => {
    await stage.load(
      `{ s: ${made} }`,
      `const { s } = shared;
       if (me.number === 1) { s.serve(${handlers}); return; }
       const c = s.connect();
       try { c.call('greet', { name: 'x'.repeat(1_100_000), times: 1 }); } catch (e) { me.tell(e.message.includes('1048576')); }
       c.close();
       s.stop();`,
    );
    for (const ran of [stage.controlled(0), stage.free()]) expect(ran.told[0]).toEqual([1]);
  });

  it('are served by every process that serves, until it is stopped', async () => {
    await stage.load(
      `{ s: ${made} }`,
      `const { s } = shared;
       if (me.number < 2) { s.serve(${handlers}); me.tell(1); return; }
       const c = s.connect();
       me.tell(c.call('double', 1));
       c.close();
       s.stop();
       try { s.connect(); } catch (e) { me.tell(e instanceof RangeError ? 7 : 8); }`,
      3,
    );
    for (const ran of [...SEEDS.map((seed) => stage.controlled(seed)), stage.free()]) {
      expect(ran.judgement).toBeUndefined();
      expect(ran.told).toEqual([[1], [1], [2, 7]]);
    }
  });

  it('cannot be made once it was stopped', async () => {
    await stage.load(
      `{ s: ${made} }`,
      'shared.s.stop(); try { shared.s.connect(); } catch (e) { me.tell(e.code === "ECONNREFUSED" ? 111 : 0); }',
      1,
    );
    for (const ran of [stage.controlled(0), stage.free()]) expect(ran.told).toEqual([[111]]);
  });

  it('that wait for a server when it is stopped are served, or reset over TCP', async () => {
    await stage.load(
      `{ s: ${made}, ready: latch(1), stopped: latch(1) }`,
      `const { s, ready, stopped } = shared;
       if (me.number === 1) { ready.wait(); s.stop(); stopped.countDown(); s.serve(${handlers}); return; }
       const c = s.connect();
       ready.countDown();
       stopped.wait();
       try { me.tell(c.call('double', 4)); } catch (e) { me.tell(e instanceof RpcError && e.code.startsWith('CANT') ? 1 : 0); }`,
    );
    for (const ran of [...SEEDS.map((seed) => stage.controlled(seed)), stage.free()]) {
      expect(ran.judgement).toBeUndefined();
      expect(ran.told[0]).toEqual([over === 'tcp' ? 1 : 8]);
    }
  });

  it('say that there is no answer where the connection ends before it', async () => {
    await stage.load(
      `{ s: ${made} }`,
      `const { s } = shared;
       if (me.number === 0) {
         const c = s.connect();
         try { c.call('double', 1); } catch (e) { me.tell(e.code === 'CANT_RECEIVE' || e.code === 'CANT_SEND' ? 1 : 0); }
       } else {
         class Gone extends Error {}
         try { s.serve({ double: () => { throw new Gone('x'); }, greet: () => '' }); } catch (e) { if (!(e instanceof Gone)) throw e; }
       }`,
    );
    for (const ran of [...SEEDS.map((seed) => stage.controlled(seed)), stage.free()])
      expect(ran.told[0]).toEqual([1]);
  });

  it('may have run although their answer does not come in time; it is not taken for that of the next one', async () => {
    await stage.load(
      `{ s: ${made}, ran: atomicInt32(0) }`,
      `const { s, ran } = shared;
       if (me.number === 1) { s.serve({ double: (n) => { ran.add(1); return 2 * n; }, greet: () => '' }); return; }
       const c = s.connect();
       let late = 0;
       while (c.timedCall('double', 5, 0) === undefined && late < 3) late++;
       me.tell(c.call('double', 7));
       me.tell(late); me.tell(ran.load());
       c.close();
       s.stop();`,
    );
    const seen = new Set<string>();
    for (const ran of [...SEEDS.map((seed) => stage.controlled(seed)), stage.free()]) {
      expect(ran.judgement).toBeUndefined();
      const [result, late, times] = ran.told[0];
      expect(result).toBe(14);
      expect(times).toBe(late + 2); // each of them ran, and the last one before its answer
      seen.add(`${late}`);
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it('are answered at last, however often they are made again', async () => {
    await stage.load(
      `{ s: ${made} }`,
      `const { s } = shared;
       if (me.number === 1) { s.serve({ double: (n) => { me.think(); me.think(); me.think(); return 2 * n; }, greet: () => '' }); return; }
       const c = s.connect();
       let answer;
       while (answer === undefined) answer = c.timedCall('double', 5, 1);
       me.tell(answer);
       c.close();
       s.stop();`,
    );
    // The impatient one first, for hundreds of steps; a fair schedule then.
    for (const schedule of ['v1 a400 b1', 'v1 a2000 b1']) {
      const { moves } = parse(schedule);
      const ran = stage.ran({ mode: 'controlled', seed: 0, strategy: replay, moves });
      expect([ran.judgement, ran.told[0]], schedule).toEqual([undefined, [10]]);
    }
    for (const seed of SEEDS) expect(stage.controlled(seed).told[0]).toEqual([10]);
    expect(stage.free().told[0]).toEqual([10]);
  });

  const number = transport === 'onc' ? 'the same number' : 'a number of their own';
  it(`run again where they are sent again, under ${number}`, async () => {
    await stage.load(
      `{ s: ${made} }`,
      `const { s } = shared;
       if (me.number === 1) {
         let last = 0; let same = 0; let ran = 0;
         s.serve({ double: (n, xid) => { ran++; if (xid === last) same++; last = xid; return n; }, greet: () => '' });
         me.tell(ran - 2); me.tell(same);
         return;
       }
       const c = s.connect();
       c.timedCall('double', 5, 0, { repeats: 2 });
       c.call('double', 1);
       c.close();
       s.stop();`,
    );
    const repeated = new Set<number>();
    for (const seed of SEEDS) {
      const [again, same] = stage.controlled(seed).told[1];
      repeated.add(again);
      expect(same).toBe(transport === 'onc' ? again : 0);
    }
    expect(Math.max(...repeated)).toBeGreaterThan(0);
    expect(stage.free().judgement).toBeUndefined();
  });

  it('go on with another server where one is killed, and nothing is left open', async () => {
    await mortal.ready();
    await mortal.load(
      `{ s: rpc({ ${how}, connections: 4 }), left: atomicInt32(0) }`,
      `const { s } = shared;
       if (me.number > 0) { s.serve(${handlers}); return; }
       for (;;) {
         try { const c = s.connect(); me.tell(c.call('double', 4)); c.close(); break; }
         catch (e) { if (!(e instanceof RpcError)) throw e; me.tell(1); }
       }
       s.stop();`,
      3,
    );
    const before = mortal.openFiles().map((files) => files.length);
    const seen = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const ran = mortal.ran({ mode: 'controlled', seed, strategy: uniform, length: 12 });
      if (ran.killed.includes(0)) continue; // nobody stops the servers then
      expect(ran.judgement).toBeUndefined();
      const told = ran.told[0].join(' ');
      expect(mortal.replayed(ran)).toBeUndefined();
      if (told === '1 8' && !seen.has(told)) {
        // By a real SIGKILL it is the same.
        const really = mortal.ran({ mode: 'controlled', seed, strategy: uniform, length: 12, exact: true });
        expect(really.told).toEqual(ran.told);
        await mortal.ready();
      }
      seen.add(told);
    }
    expect(seen).toContain('8');
    expect(seen).toContain('1 8');
    expect(mortal.openFiles().map((files) => files.length)).toEqual(before);
  });
});

describe('rpc', () => {
  it('shows its steps', async () => {
    await stage.load(
      `{ s: rpc({ procedures: ${types} }) }`,
      `const { s } = shared; if (me.number === 0) { s.connect().call('double', 1); s.stop(); } else s.serve(${handlers});`,
    );
    const steps = stage.steps('v1 b1 a2 b3 a9 b9');
    expect(steps.slice(0, 6)).toEqual([
      'b: s.accept() has to wait',
      'a: s.connect() → connection 1',
      'a: s.client.write(48 bytes)',
      'b: s.accept() → connection 1',
      'b: s.server.read(65536) → 48 bytes',
      'b: s.server.write(32 bytes)',
    ]);
    expect(steps).toContain('a: s.stop()');
  });

  it('takes as many steps by gRPC, also where the other side has to be greeted', async () => {
    await stage.load(
      `{ s: rpc({ procedures: ${types}, transport: 'grpc' }) }`,
      `const { s } = shared; if (me.number === 0) { const c = s.connect(); c.call('double', 1); c.call('double', 2); s.stop(); } else s.serve(${handlers});`,
    );
    const steps = stage.steps('v1 b1 a2 b3 a2 b2 a9 b9').map((step) => step.replace(/\d+ bytes/, 'n bytes'));
    expect(steps.slice(0, 10)).toEqual([
      'b: s.accept() has to wait',
      'a: s.connect() → connection 1',
      'a: s.client.write(n bytes)',
      'b: s.accept() → connection 1',
      'b: s.server.read(65536) → n bytes',
      'b: s.server.write(n bytes)',
      'a: s.client.read(65536) → n bytes',
      'a: s.client.write(n bytes)',
      'b: s.server.read(65536) → n bytes',
      'b: s.server.write(n bytes)',
    ]);
  });

  it('is waited for in vain where nobody serves: deadlock', async () => {
    await stage.load(`{ s: rpc({ procedures: ${types} }) }`, "shared.s.connect().call('double', 1);");
    for (const run of [stage.controlled(0), stage.free()])
      expect(run.judgement).toMatchObject({ kind: 'deadlock' });
  });

  it.each([
    ["procedures: {}, over: 'udp'", "use 'unix' or 'tcp'"],
    ["procedures: {}, transport: 'pigeon'", "use the transport 'onc' or 'grpc'"],
    ["procedures: {}, transport: 'grpc', service: 'a b'", 'a b'],
    ['procedures: {}, program: 1', '0x20000000'],
    ['procedures: {}, version: -1', 'whole number from 0'],
    ['procedures: {}, connections: 65', 'use 0 to 64'],
  ])('is not made with { %s }', async (options, words) => {
    await stage.load(`{ s: rpc({ ${options} }) }`, 'me.tell(1);');
    const { judgement } = stage.controlled(1);
    expect(judgement).toMatchObject({ kind: 'crash' });
    expect(judgement?.detail).toContain(words);
  });
});
