// Sockets that listen, Unix-domain ones and those of TCP, between real processes.
import { readdirSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { waitingOf } from '../../harness/check/explain.ts';
import { eachEvent, KILLED } from '../../harness/check/run-view.ts';
import { Ending } from '../../harness/process/control.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { parse } from '../../harness/schedule/schedule.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { solution, TOLD, Workbench } from '../workbench.ts';
import { Stage } from './stage.ts';

const stage = new Stage('unixSocket', 'tcp');
const mortal = new Workbench("faults: { kills: 1 }, mechanisms: ['unixSocket', 'tcp'],");
afterAll(async () => {
  await stage.close();
  await mortal.close();
});
beforeEach(() => stage.ready());

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);

describe.each(['unixSocket', 'tcp'])('%s', (kind) => {
  it('gives connections to those who accept in the order in which they were made', async () => {
    await stage.load(
      `{ s: ${kind}(), order: int32Array(2), next: atomicInt32(0) }`,
      `const { s, order, next } = shared;
       if (me.number < 2) {
         const line = s.connect();
         order[next.add(1)] = me.number;
         line.write(me.number);
         me.tell(line.readInt32());
       } else {
         while (next.load() < 2) me.think();
         const lines = [s.accept(), s.accept()];
         for (const line of lines) { const from = line.readInt32(); me.tell(from); line.write(from + 10); }
         me.tell(order[0]);
       }`,
      3,
    );
    const firsts = new Set<number>();
    for (const seed of SEEDS) {
      const { told, outcome } = stage.controlled(seed);
      expect(outcome.ending).toBe(Ending.FINISHED);
      expect([told[0], told[1]]).toEqual([[10], [11]]);
      expect([...told[2].slice(0, 2)].sort()).toEqual([0, 1]);
      firsts.add(told[2][0]);
    }
    expect(firsts.size).toBe(2);
    expect(stage.free().told.slice(0, 2)).toEqual([[10], [11]]);
  });

  it('makes no connections in share, and says so', async () => {
    await stage.load(`(() => { const s = ${kind}(); return { s, line: s.connect() }; })()`, 'me.tell(1);');
    for (const { judgement } of [stage.controlled(1), stage.free()]) {
      expect(judgement).toMatchObject({ kind: 'crash' });
      expect(judgement?.detail).toContain('a step outside the roles');
    }
  });

  it('shows which connection is which', async () => {
    await stage.load(
      `{ s: ${kind}({ connections: 2 }) }`,
      'const { s } = shared; if (me.number === 0) { s.connect(); s.connect(); } else { s.accept(); s.accept(); }',
    );
    expect(stage.steps('v1 b1 a2 b2').slice(0, 5)).toEqual([
      'b: s.accept() has to wait',
      'a: s.connect() → connection 1',
      'a: s.connect() → connection 2',
      'b: s.accept() → connection 1',
      'b: s.accept() → connection 2',
    ]);
  });

  it('lets a process connect before anybody accepts, write, and go', async () => {
    await stage.load(
      `{ s: ${kind}() }`,
      `const { s } = shared;
       if (me.number === 0) { const line = s.connect(); line.write(3); line.close(); me.tell(1); }
       else { me.think(); const line = s.accept(); me.tell(line.readInt32()); me.tell(line.readInt32() === undefined); }`,
    );
    for (const run of [...SEEDS.map((seed) => stage.controlled(seed)), stage.free()])
      expect(run.told).toEqual([[1], [3, 1]]);
  });

  it('refuses connections once every process has closed its listening socket, and not before', async () => {
    await stage.load(
      `{ s: ${kind}(), closed: latch(2) }`,
      `const { s, closed } = shared;
       s.close(); closed.countDown(); closed.wait();
       try { s.connect(); } catch (e) { me.tell(e.code === 'ECONNREFUSED' ? 111 : 0); }`,
    );
    for (const run of [...SEEDS.map((seed) => stage.controlled(seed)), stage.free()])
      expect(run.told).toEqual([[111], [111]]);
    await stage.load(
      `{ s: ${kind}() }`,
      'if (me.number === 0) { shared.s.close(); shared.s.connect(); me.tell(1); } else shared.s.accept();',
    );
    for (const run of [...SEEDS.map((seed) => stage.controlled(seed)), stage.free()])
      expect(run.told).toEqual([[1], []]);
  });

  it('resets what nobody has accepted when the last listening socket is closed', async () => {
    await stage.load(
      `{ s: ${kind}(), made: latch(1), closed: latch(1) }`,
      `const { s, made, closed } = shared;
       if (me.number === 1) { made.wait(); s.close(); closed.countDown(); return; }
       const line = s.connect();
       s.close(); made.countDown(); closed.wait();
       try { me.tell(line.read(1).length); } catch (e) { me.tell(e.code === 'ECONNRESET' ? 104 : -1); }
       try { line.write(1); me.tell(4); } catch (e) { me.tell(e.code === 'EPIPE' ? 32 : -1); }`,
    );
    for (const run of [...SEEDS.map((seed) => stage.controlled(seed)), stage.free()])
      expect(run.told[0]).toEqual([104, 32]);
  });

  it('says what to do where a process connects more often than it has sockets for', async () => {
    await stage.load(`{ s: ${kind}({ connections: 2 }) }`, 'for (;;) shared.s.connect();', 1);
    for (const run of [stage.controlled(1), stage.free()]) {
      expect(run.judgement).toMatchObject({ kind: 'crash' });
      expect(run.judgement?.detail).toContain('create it with { connections: 3 }');
    }
  });

  it.each([-1, 65, 1.5, Number.NaN])('is not made with %s connections', async (connections) => {
    await stage.load(`{ s: ${kind}({ connections: ${connections} }) }`, 'me.tell(1);');
    expect(stage.controlled(1).judgement).toMatchObject({ kind: 'crash' });
    expect(stage.controlled(1).judgement?.detail).toContain('use 0 to 64');
  });

  it('takes more sockets than fit into one message to a process', async () => {
    await stage.load(
      `{ all: Array.from({ length: 6 }, () => ${kind}({ connections: 64 })) }`,
      `for (const s of shared.all) {
         if (me.number === 0) for (let n = 0; n < 64; n++) s.connect().write(n);
         else for (let n = 0; n < 64; n++) if (s.accept().readInt32() !== n) me.tell(n);
       }
       me.tell(100);`,
    );
    for (const run of [stage.controlled(1), stage.free()]) expect(run.told).toEqual([[100], [100]]);
  });

  it('says who has the other end of a connection, where two wait for each other', async () => {
    await stage.load(
      `{ s: ${kind}(), more: ${kind}() }`,
      'const line = me.number === 0 ? shared.s.connect() : shared.s.accept(); line.read(1);',
    );
    const { outcome } = stage.controlled(0);
    expect(waitingOf(stage.seen('controlled', outcome))).toMatchObject([
      { process: 0, text: 's.client.read()', heldBy: [1], end: 's.server' },
      { process: 1, text: 's.server.read()', heldBy: [0], end: 's.client' },
    ]);
  });

  it('waits in accept for ever where nobody connects: deadlock', async () => {
    await stage.load(`{ s: ${kind}() }`, 'shared.s.accept();');
    for (const run of [stage.controlled(0), stage.free()])
      expect(run.judgement).toMatchObject({ kind: 'deadlock' });
  });

  it.each([false, true])(
    'lets the other side see the end where a process is killed (really: %s)',
    async (exact) => {
      await mortal.ready();
      const worker = `
      const { s } = shared;
      const line = me.number === 0 ? s.connect() : s.accept();
      if (me.number === 0) { line.write(1); line.write(2); }
      let sum = 100;
      try { for (let n = line.readInt32(); n !== undefined; n = line.readInt32()) sum += n; }
      catch (e) { if (e.code !== 'ECONNRESET') throw e; sum = 104; }
      me.tell(sum);`;
      await mortal.use(solution(`{ s: ${kind}() }`, worker), { processes: 2 });
      for (const [schedule, seen] of [
        ['v1 a1 c2 b9', 100], // the first one, connected
        ['v1 a3 c2 b9', 103], // having written both numbers
        ['v1 a3 b2 d2 a9', 104], // the second one, with the second number unread
        ['v1 a3 b3 d2 a9', 100], // with nothing unread
      ] as const) {
        await mortal.ready();
        const { moves } = parse(schedule);
        const { outcome, judgement } = mortal.play({
          mode: 'controlled',
          seed: 0,
          strategy: replay,
          moves,
          exact,
        });
        expect([outcome.ending, judgement], schedule).toEqual([Ending.FINISHED, undefined]);
        const told: number[] = [];
        eachEvent(mortal.seen('controlled', outcome), (_p, event, value) => {
          if (event !== KILLED) told.push(value / TOLD);
          return false;
        });
        expect(told, schedule).toEqual([seen]);
      }
    },
  );

  it('leaves no descriptor behind, whoever is killed when', async () => {
    await mortal.ready();
    const worker = `
      const { s } = shared;
      const line = me.number === 0 ? s.connect() : s.accept();
      try { line.write(1); line.readInt32(); line.readInt32(); } catch {}`;
    await mortal.use(solution(`{ s: ${kind}() }`, worker), { processes: 2 });
    const open = (): number[] => mortal.team.pids.map((pid) => readdirSync(`/proc/${pid}/fd`).length);
    const before = open();
    let deaths = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { outcome } = mortal.play({ mode: 'controlled', seed, strategy: uniform, length: 15 });
      eachEvent(mortal.seen('controlled', outcome), (_p, event) => {
        if (event === KILLED) deaths++;
        return false;
      });
    }
    expect(deaths).toBeGreaterThan(20);
    expect(open()).toEqual(before);
  });
});
