import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../harness/check/audit.ts';
import { stepInWords } from '../../harness/check/words.ts';
import { Ending, RECORD_WORDS } from '../../harness/process/control.ts';
import { Field } from '../../harness/process/trace-record.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { parse } from '../../harness/schedule/schedule.ts';
import { operations } from '../../harness/sync/operations.ts';
import { Stage } from '../ipc/stage.ts';
import { solution, Workbench, workbench } from '../workbench.ts';

const stage = new Stage('channel', 'mailbox', 'direct');
afterAll(() => stage.close());
beforeEach(() => stage.ready());

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);
const FREE = Array.from({ length: 10 }, (_, seed) => seed);

const byProcess = (...bodies: string[]): string =>
  `const { c } = shared; const n = me.number;\n${bodies.map((body, p) => `if (n === ${p}) { ${body} }`).join('\n')}`;
const load = (share: string, ...bodies: string[]): Promise<void> =>
  stage.load(`{ c: ${share} }`, byProcess(...bodies), bodies.length);

/** Ten messages of each of two senders, none alike, to two receivers. */
const sends = 'for (let i = 0; i < 10; i++) c.send(n * 100 + i);';
const receives = 'for (let i = 0; i < 10; i++) me.tell(c.receive());';

describe.each(['channel()', 'channel(1)', 'channel(3)', 'mailbox(1)', 'mailbox(2)'])('%s', (made) => {
  it('loses nothing, doubles nothing, and keeps the order of each sender at each receiver', async () => {
    await load(made, sends, sends, receives, receives);
    for (const run of [...SEEDS.map((s) => stage.controlled(s)), ...FREE.map((s) => stage.free(s))]) {
      expect(run.outcome.ending).toBe(Ending.FINISHED);
      const sent = [0, 1].flatMap((p) => Array.from({ length: 10 }, (_, i) => p * 100 + i));
      expect([...run.told[2], ...run.told[3]].sort((a, b) => a - b)).toEqual(sent);
      for (const told of run.told)
        for (const p of [0, 1]) {
          const own = told.filter((m) => Math.floor(m / 100) === p);
          expect(own).toEqual([...own].sort((a, b) => a - b));
        }
    }
  });

  it('holds as many messages as it was made for, and who sends one more waits for ever', async () => {
    await load(made, 'for (let i = 1; ; i++) { c.send(i); me.tell(i); }', '');
    const most = Number(/\d+/.exec(made) ?? 0);
    const told = Array.from({ length: most }, (_, i) => i + 1);
    for (const run of [stage.controlled(1), stage.controlled(2), stage.free()]) {
      expect(run.outcome.ending).toBe(Ending.DEADLOCK);
      expect(run.told[0]).toEqual(told);
    }
  });

  it('is replayed exactly', async () => {
    await load(made, sends, sends, receives, receives);
    for (const seed of SEEDS.slice(0, 8)) expect(stage.replayed(stage.controlled(seed))).toBeUndefined();
  });

  it('gives up in time, and says so', async () => {
    const body = 'me.tell(c.timedReceive(1) === undefined); while (c.trySend(1)); ';
    await load(made, `${body} me.tell(c.timedSend(2, 1) === false);`);
    for (const run of [stage.controlled(1), stage.free()]) expect(run.told[0]).toEqual([1, 1]);
  });

  it('takes the extremes of 32 bits, and refuses what is no such number, in words', async () => {
    await load(
      made,
      'c.send(-2147483648); c.send(2147483647);',
      'me.tell(c.receive() / 4); me.tell(c.receive() / 4);',
    );
    expect(stage.controlled(1).told[1]).toEqual([-536870912, 536870911.75]);
    for (const [value, says] of [
      ['2147483648', 'send(2147483648): messages are made of whole numbers'],
      ['0.5', 'send(0.5)'],
      ["'1'", 'send(a value of type string)'],
      ['undefined', 'send(a value of type undefined)'],
    ]) {
      await load(made, `c.send(${value});`);
      const { judgement } = stage.controlled(1);
      expect(judgement?.kind).toBe('crash');
      expect(judgement?.detail).toContain(says);
    }
  });
});

describe('a channel without a capacity', () => {
  it('lets nobody go on before the other one has come', async () => {
    await load('channel()', 'me.tell(1); c.send(5); me.tell(2);', 'me.tell(3); c.receive(); me.tell(4);');
    const orders = new Set<string>();
    for (const seed of SEEDS) {
      const { all } = stage.controlled(seed);
      orders.add(all.join(' '));
      for (const before of [1, 3])
        for (const after of [2, 4]) expect(all.indexOf(before)).toBeLessThan(all.indexOf(after));
    }
    expect([...orders].sort()).toEqual(['1 3 2 4', '1 3 4 2', '3 1 2 4', '3 1 4 2']);
  });

  it('is entered by trySend only where somebody waits to receive', async () => {
    await load('channel()', 'me.tell(c.trySend(1) ? 1 : 0);', 'me.tell(c.tryReceive() ?? 0);');
    for (const seed of SEEDS) expect(stage.controlled(seed).told).toEqual([[0], [0]]);
    await load('channel()', 'while (!c.trySend(7)) me.think();', 'me.tell(c.receive());');
    for (const run of [stage.controlled(1), stage.free()]) expect(run.told[1]).toEqual([7]);
  });

  it('serves who has waited longest', async () => {
    const waits = 'me.tell(n); c.send(n);';
    await load('channel()', waits, waits, 'me.tell(c.receive() + 10); me.tell(c.receive() + 10);');
    for (const seed of SEEDS) {
      const { outcome, told } = stage.controlled(seed);
      const steps = stage.seen('controlled', outcome);
      const came: number[] = [];
      for (let i = 0; i < outcome.steps; i++) {
        const at = i * RECORD_WORDS;
        if (operations[steps.trace[at + Field.OPERATION]].name === 'send')
          came.push(steps.trace[at + Field.PROCESS] + 10);
      }
      expect(told[2]).toEqual(came);
    }
  });
});

describe.each(['channel()', 'channel(2)'])('closing %s', (made) => {
  it('leaves what was sent, and gives undefined from then on, to who waits as well', async () => {
    const all = 'for (let m = c.receive(); m !== undefined; m = c.receive()) me.tell(m); me.tell(-1);';
    await load(made, 'c.send(1); c.send(2); c.send(3); c.close();', all, all);
    for (const run of [...SEEDS.map((s) => stage.controlled(s)), ...FREE.map((s) => stage.free(s))]) {
      expect(run.outcome.ending).toBe(Ending.FINISHED);
      expect([...run.all].sort()).toEqual([-1, -1, 1, 2, 3]);
    }
  });

  it.each([
    ['to send afterwards', 'c.close(); c.send(1);', '', 'send of a channel that is closed'],
    ['to close twice', 'c.close(); c.close();', '', 'close of a channel that is closed'],
    [
      'to close while somebody waits to send',
      'for (;;) c.send(1);',
      'c.close();',
      'send of a channel that is closed',
    ],
  ])('makes it misuse %s', async (_, first, second, says) => {
    await load(made, first, second);
    for (const run of [stage.controlled(1), stage.controlled(2), stage.free()]) {
      expect(run.outcome.ending).toBe(Ending.MISUSE);
      expect(run.judgement?.detail).toContain(says);
    }
  });
});

describe('a message of several numbers', () => {
  it('stays together, whoever else sends and receives', async () => {
    const body = 'for (let i = 0; i < 20; i++) c.send(n, i, n * 1000 + i);';
    const check =
      'for (let i = 0; i < 20; i++) { const [a, b, sum] = c.receive(); me.tell(a * 1000 + b === sum); }';
    await load('mailbox(2, { words: 3 })', body, body, check, check);
    for (const run of [...SEEDS.map((s) => stage.controlled(s)), ...FREE.map((s) => stage.free(s))])
      expect(run.all).toEqual(new Array(40).fill(1));
  });
  it('must have as many as were agreed on', async () => {
    await load('mailbox(2, { words: 2 })', 'c.send(1);');
    expect(stage.controlled(1).judgement?.detail).toContain('a message of this has 2');
  });
});

describe('a message to a process', () => {
  const share = 'direct(2)';
  it('comes to it alone, with the number of who has sent it', async () => {
    const sender = "c.send(c.process('worker', 2), n + 40);";
    const receiver =
      'for (let i = 0; i < 2; i++) { const [from, m] = c.receive(); me.tell(from * 100 + m); }';
    await load(share, sender, sender, receiver, 'me.tell(c.tryReceive() === undefined); me.tell(c.self);');
    for (const run of [...SEEDS.map((s) => stage.controlled(s)), ...FREE.map((s) => stage.free(s))]) {
      expect([...run.told[2]].sort()).toEqual([141, 40]);
      expect(run.told[3]).toEqual([1, 3]);
    }
  });
  it('waits where it is while its receiver asks for another one', async () => {
    await load(
      share,
      'c.send(2, 7);',
      'c.send(2, 8);',
      'me.tell(c.receiveFrom(1)); me.tell(c.receiveFrom(0));',
    );
    for (const seed of SEEDS) expect(stage.controlled(seed).told[2]).toEqual([8, 7]);
  });
  it('finds no room while others fill the box, even if it alone is waited for', async () => {
    await load(
      'direct(1)',
      'c.send(2, 7);',
      'c.send(2, 8);',
      'me.tell(c.receiveFrom(1)); me.tell(c.receiveFrom(0));',
    );
    const endings = new Set(SEEDS.map((seed) => stage.controlled(seed).outcome.ending));
    expect(endings).toEqual(new Set([Ending.FINISHED, Ending.DEADLOCK]));
  });
  it.each([
    ['c.send(2, 1);', 'there is no process 2, they have the numbers 0 to 1'],
    ["c.process('clerk');", "process('clerk', 0): there is no such process. There are 'worker', 0 to 1"],
  ])('to nobody is refused: %s', async (body, says) => {
    await load(share, body, '');
    expect(stage.controlled(1).judgement?.detail).toContain(says);
  });
});

describe('what is told of messages', () => {
  it('are the calls as they were written, with what was sent and received', async () => {
    await load('channel()', 'c.send(5); c.close();', 'c.receive(); c.receive();');
    expect(stage.steps('v1 b1 a1 b2 a1 b1')).toEqual([
      'b: c.receive() waits for a sender',
      'a: c.send(5)',
      'b: c.receive() → 5',
      'b: c.receive() waits for a sender',
      'a: c.close()',
      'b: c.receive() → undefined: it is closed',
    ]);
    await load('direct(1, { words: 2 })', 'c.send(1, 7, 8);', 'c.tryReceive(); c.receive();');
    expect(stage.steps('v1 b1 a1 b1')).toEqual([
      'b: c[worker 1].tryReceive() → undefined',
      'a: c[worker 1].send(7, 8)',
      'b: c[worker 1].receive() → 0, 7, 8',
    ]);
  });
  it('is not believed where it contradicts itself', async () => {
    await load('mailbox(2, { words: 2 })', 'c.send(1, 2); c.send(3, 4);', 'c.receive(); c.receive();');
    const { outcome } = stage.controlled(3);
    const view = stage.seen('controlled', outcome);
    const trace = view.trace.slice(0, outcome.steps * RECORD_WORDS);
    const changed = (step: number, field: number): string | undefined => {
      const copy = trace.slice();
      copy[step * RECORD_WORDS + field] ^= 1;
      return audit({ ...view, trace: copy });
    };
    expect(audit(view)).toBeUndefined();
    for (let i = 0; i < outcome.steps; i++) {
      const { carries } = operations[trace[i * RECORD_WORDS + Field.OPERATION]];
      if (carries !== 'in') continue;
      for (const field of [Field.ARGUMENT, Field.MORE, Field.LAST, Field.RESULT])
        expect(changed(i, field), `step ${i}, word ${field}`).toMatch(/^step/);
    }
  });
});

describe('who is killed while it waits for somebody to meet', () => {
  const bench = new Workbench('faults: { kills: 1 },');
  afterAll(() => bench.close());
  const steps = async (schedule: string, first: string, second: string): Promise<string[]> => {
    const body = byProcess(first, second);
    await bench.ready();
    await bench.use(solution('{ c: channel() }', body), { processes: 2 });
    const { moves } = parse(schedule);
    const { outcome, judgement } = bench.play({ mode: 'controlled', seed: 0, strategy: replay, moves });
    expect(judgement).toBeUndefined();
    const view = bench.seen('controlled', outcome);
    return Array.from(
      { length: outcome.steps },
      (_, i) => stepInWords(workbench, [], view.objects, view.trace, view.doubles, i).text,
    );
  };

  it('offers nothing any more', async () => {
    expect(await steps('v1 a1 c2 b1', 'c.send(5);', 'c.tryReceive();')).toEqual([
      'c.send(5) waits for a receiver',
      'is killed (SIGKILL) before c.send()',
      'waits no more at c',
      'c.tryReceive() → undefined',
    ]);
  });
  it('is given nothing any more', async () => {
    expect(await steps('v1 a1 c2 b1', 'c.receive();', 'c.trySend(5);')).toEqual([
      'c.receive() waits for a sender',
      'is killed (SIGKILL) before c.receive()',
      'waits no more at c',
      'c.trySend(5) → false',
    ]);
  });
  it('takes with it what it was given already', async () => {
    expect(await steps('v1 a1 b1 c2 b1', 'c.receive();', 'c.send(5); c.trySend(6);')).toEqual([
      'c.receive() waits for a sender',
      'c.send(5)',
      'is killed (SIGKILL) before c.receive()',
      'waits no more at c',
      'c.trySend(6) → false',
    ]);
  });
});
