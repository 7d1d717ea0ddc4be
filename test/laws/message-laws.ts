// What holds for everything that carries messages, as it says of itself. Each law plays real processes, under many schedules
// and at full speed, and throws where it is broken.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect } from 'vitest';
import { Ending } from '../../harness/process/control.ts';
import { unprescribed } from '../../harness/schedule/strategies.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import type { Ran, Stage } from '../ipc/stage.ts';
import { atFullSpeed, load, Told } from './message-crowd.ts';
import type { MessageMechanism } from './message-mechanisms.ts';

/** Messages of each sender. */
const EACH = 6;

const seeds = (n: number): number[] => Array.from({ length: n }, (_, seed) => seed);
const numbers = (n: number, from = 1): number[] => Array.from({ length: n }, (_, i) => from + i);

const SENDS = `for (let n = 1; n <= ${EACH}; n++) send(1000 * me.number + n);`;

/** Everything that was sent, by `senders` that send so many each. */
const sent = (senders: number, each = EACH): number[] =>
  seeds(senders).flatMap((s) => numbers(each, 1000 * s + 1));
const sorted = (all: readonly number[]): number[] => [...all].sort((a, b) => a - b);

/** In what one process has received, those of each sender are in their order. */
function inOrder(got: readonly number[]): void {
  for (const sender of new Set(got.map((n) => Math.floor(n / 1000)))) {
    const line = got.filter((n) => Math.floor(n / 1000) === sender);
    expect(line).toEqual(sorted(line));
  }
}

type Law = (stage: Stage, m: MessageMechanism) => Promise<void>;

/** Two senders and two receivers, each of whom takes half; from its own sender, where it has one. */
async function halves(stage: Stage, m: MessageMechanism, small: boolean): Promise<void> {
  await load(stage, m, {
    senders: 2,
    receivers: 2,
    ...(small && { share: m.small, size: m.size ?? 4 }),
    sender: SENDS,
    receiver: `for (let n = 0; n < ${EACH}; n++) me.tell(receive());`,
  });
  let waits = 0;
  for (const run of [...seeds(15), 'free', 'free'].map((seed) => ({ seed }))) {
    const ran = typeof run.seed === 'number' ? stage.controlled(run.seed) : await atFullSpeed(stage, waits);
    if (typeof run.seed === 'number') waits += stage.waits(ran);
    expect(ran.outcome.ending).toBe(Ending.FINISHED);
    const [, , third, fourth] = ran.told;
    expect(sorted([...third, ...fourth])).toEqual(sent(2));
    inOrder(third);
    inOrder(fourth);
  }
  if (m.boundaries !== 'word') expect(waits).toBeGreaterThan(0);
}

const nothingLost: Law = (stage, m) => halves(stage, m, false);

const nothingLostWhereFull: Law = async (stage, m) => {
  if (m.full !== 'loses') return halves(stage, m, true);
  // What arrives is some of what was sent, once and in order.
  await load(stage, m, {
    share: m.small,
    sender: 'for (let n = 1; n <= 40; n++) send(n);',
    receiver: 'for (;;) me.tell(receive());',
  });
  let lost = 0;
  for (const seed of seeds(15)) {
    const { outcome, told } = stage.controlled(seed);
    expect(outcome.ending).toBe(Ending.DEADLOCK);
    expect(sorted([...new Set(told[1])])).toEqual(told[1]);
    expect(told[1].length).toBeGreaterThan(0);
    for (const n of told[1]) expect(n).toBeLessThanOrEqual(40);
    lost += 40 - told[1].length;
  }
  expect(lost).toBeGreaterThan(0);
};

/** What is sent first is received first, whoever sends. */
const firstComeFirstServed: Law = async (stage, m) => {
  if (!m.shared) return;
  await load(stage, m, {
    senders: 2,
    sender: `for (let n = 1; n <= ${EACH}; n++) {
      shared.turns[me.number].wait();
      send(2 * n + me.number);
      shared.turns[1 - me.number].post();
    }`,
    receiver: `for (let n = 0; n < ${2 * EACH}; n++) me.tell(receive());`,
  });
  for (const seed of [...seeds(6), undefined]) {
    const run = seed === undefined ? await atFullSpeed(stage) : stage.controlled(seed);
    expect(run.told[2]).toEqual(numbers(2 * EACH, 2));
  }
};

const boundaries: Law = async (stage, m) => {
  if (m.boundaries === 'word') return;
  await load(stage, m, {
    sender: 'for (const bytes of [1, 2, 3]) line.send(new Uint8Array(bytes)); shared.sent.countDown();',
    receiver:
      'shared.sent.wait(); for (let sum = 0; sum < 6; ) { const got = line.receive(65_536).length; sum += got; me.tell(got); }',
  });
  for (const seed of seeds(5)) {
    expect(stage.controlled(seed).told[1]).toEqual(m.boundaries === 'kept' ? [1, 2, 3] : [6]);
  }
  const { told } = await atFullSpeed(stage);
  if (m.boundaries === 'kept') expect(told[1]).toEqual([1, 2, 3]);
  else expect(told[1].reduce((a, b) => a + b, 0)).toBe(6);
};

const sizeLimit: Law = async (stage, m) => {
  const { share, most, over, error } = m.limit;
  await load(stage, m, {
    share,
    sender: `const data = new Uint8Array(${most});
      for (let i = 0; i < data.length; i++) data[i] = 7 * i;
      line.send(data);
      try { ${over}; me.tell(0); } catch (e) { me.tell((e.code ?? e.name) === '${error}' ? 1 : 2); }
      send(5);`,
    receiver: `let at = 0;
      while (at < ${most}) for (const byte of line.receive(65_536)) if (byte !== (7 * at++ & 255)) throw new Error('other bytes');
      me.tell(at); me.tell(receive());`,
  });
  for (const seed of [...seeds(4), undefined]) {
    const run = seed === undefined ? await atFullSpeed(stage) : stage.controlled(seed);
    // A stream has no boundary in front of the last number: it may have come with what was read before.
    expect(run.outcome.ending).toBe(Ending.FINISHED);
    expect(run.told[0]).toEqual([1]);
    expect(run.told[1]).toEqual([most, 5]);
  }
};

/** Whoever sends more than there is room for is told, and what was sent before is there. */
async function fullAndRefused(stage: Stage, m: MessageMechanism): Promise<void> {
  await load(stage, m, {
    share: m.small,
    sender: 'let n = 1; while (trySend(n)) n++; me.tell(n); shared.sent.countDown();',
    receiver: 'shared.sent.wait(); for (;;) me.tell(receive());',
  });
  for (const seed of [...seeds(4), undefined]) {
    const run = seed === undefined ? await atFullSpeed(stage) : stage.controlled(seed);
    const holds = m.holds as number;
    expect(run.told).toEqual([[holds + 1], numbers(holds)]);
    expect(run.judgement).toMatchObject({ kind: 'deadlock' });
  }
  await stage.ready();
}

/** A sender that nobody receives from waits once it is full, one that nobody sends to at once; and that is seen. */
const fullAndEmpty: Law = async (stage, m) => {
  if (m.full === 'refuses') return fullAndRefused(stage, m);
  const fill = async (size: number, tells: boolean): Promise<void> =>
    load(stage, m, {
      share: m.small,
      spare: m.small,
      size,
      sender:
        m.full === 'loses'
          ? 'for (let n = 1; n <= 40; n++) { send(n); me.tell(n); }'
          : `for (let n = 1; ; n++) { send(n); ${tells ? 'me.tell(n);' : ''} }`,
      receiver: `me.tell(${Told.READY}); receive(spare);`,
    });
  const size = m.size ?? 4;
  await fill(size, true);
  const held = (run: Ran): void => {
    expect(run.judgement).toMatchObject({ kind: 'deadlock' });
    expect(run.told[1]).toEqual([Told.READY]);
    const n = m.full === 'loses' ? 40 : m.holds;
    if (n === undefined) expect(run.told[0].length).toBeGreaterThan(0);
    else expect(run.told[0].length).toBe(n);
  };
  for (const seed of seeds(4)) held(stage.controlled(seed));
  if (m.freely === undefined) held(await atFullSpeed(stage));
  else {
    await fill(m.freely, false);
    expect((await atFullSpeed(stage)).judgement).toMatchObject({ kind: 'deadlock' });
  }
  await stage.ready();
};

/** When the last sender has gone the receivers see the end, behind all that was sent; or they wait for ever. */
const sendersGo: Law = async (stage, m) => {
  await load(stage, m, {
    senders: 2,
    receivers: 2,
    sender: 'for (let n = 1; n <= 3; n++) send(1000 * me.number + n); line.close();',
    receiver: `for (let n = receive(); n !== undefined; n = receive()) me.tell(n); me.tell(${Told.END});`,
  });
  for (const seed of [...seeds(8), ...(m.ends !== 'never' ? [undefined] : [])]) {
    const run = seed === undefined ? await atFullSpeed(stage) : stage.controlled(seed);
    expect(run.outcome.ending).toBe(m.ends !== 'never' ? Ending.FINISHED : Ending.DEADLOCK);
    const [, , third, fourth] = run.told;
    if (m.ends !== 'never') expect([third.at(-1), fourth.at(-1)]).toEqual([Told.END, Told.END]);
    expect(sorted([...third, ...fourth].filter((n) => n !== Told.END))).toEqual(sent(2, 3));
  }
};

/** When the last receiver has gone the senders are told; or it is as if nobody received. */
const receiversGo: Law = async (stage, m) => {
  await load(stage, m, {
    receivers: 1,
    share: m.small,
    size: m.size ?? 4,
    sender: `try { for (let n = 1; ${m.full === 'loses' ? 'n <= 40' : 'true'}; n++) send(n); me.tell(${Told.DONE}); } catch (e) { broken(e); }`,
    receiver: 'line.close();',
  });
  for (const seed of [...seeds(6), ...(m.breaks ? [undefined] : [])]) {
    const run = seed === undefined ? await atFullSpeed(stage) : stage.controlled(seed);
    if (m.breaks) expect([run.outcome.ending, run.told[0]]).toEqual([Ending.FINISHED, [Told.BROKEN]]);
    else if (m.full === 'loses') expect(run.told[0]).toEqual([Told.DONE]);
    else expect(run.outcome.ending).toBe(Ending.DEADLOCK);
  }
};

/** One of the two is killed, at any of its steps: the other one sees what it would if that one had closed its end there. */
const onePeerIsKilled: Law = async (stage, m) => {
  await load(stage, m, {
    together: false,
    sender: `me.tell(${Told.READY}); try { ${SENDS} me.tell(${Told.DONE}); } catch (e) { broken(e); }`,
    receiver: `me.tell(${Told.READY}); for (let n = 0; n < ${EACH}; n++) { const got = receive(); me.tell(got ?? ${Told.END}); if (got === undefined) break; }`,
  });
  const order = (seed: number, exact = false) =>
    ({ mode: 'controlled', seed, strategy: uniform, length: 25, exact }) as const;
  /** What the killed process was, and the first seed of such a run in which it had begun. */
  const shown = new Map<number, number>();
  for (const seed of seeds(60)) {
    const run = stage.ran(order(seed));
    const { ending } = run.outcome;
    const [sender, receiver] = run.told;
    const got = receiver.filter((n) => n > 0);
    expect(got).toEqual(numbers(got.length));
    const [killed] = run.killed;
    const finished = ending === Ending.FINISHED;
    if (!finished) expect(ending).toBe(Ending.DEADLOCK);
    if (killed === 0) {
      // It got all that there was and saw the end, or it waits for ever; also for whom there was to open the other end.
      const isThrough = got.length === EACH || receiver.at(-1) === Told.END;
      expect(isThrough).toBe(finished);
      if (m.ends === 'left' && receiver.length > 0) expect(isThrough).toBe(true);
    } else if (killed === 1) {
      expect(sender.at(-1) === Told.DONE || sender.at(-1) === Told.BROKEN).toBe(finished);
      if (m.breaks && sender.length > 0) expect(finished).toBe(true);
    } else expect([finished, got.length]).toEqual([true, EACH]);
    if (killed !== undefined && !shown.has(killed) && run.told[1 - killed].length > 1)
      shown.set(killed, seed);
  }
  expect([...shown.keys()].sort()).toEqual([0, 1]);
  // By a real SIGKILL it is the same.
  for (const seed of shown.values()) {
    const before = stage.ran(order(seed));
    await stage.ready();
    const really = stage.ran(order(seed, true));
    expect(really.told).toEqual(before.told);
    expect(really.outcome.ending).toBe(before.outcome.ending);
    expect(really.outcome.steps).toBe(before.outcome.steps);
    await stage.ready();
  }
};

/** Both are stopped and go on again and again while they wait: calls are interrupted for that (signal(7)). */
const interrupted: Law = async (stage, m) => {
  if (m.full === 'loses') return; // where the receiver is stopped it may
  const size = m.size ?? 4;
  await load(stage, m, {
    share: m.small,
    size,
    sender: 'sleep(60); for (let n = 1; n <= 30; n++) send(n);',
    receiver: 'me.tell(receive()); sleep(60); for (let n = 2; n <= 30; n++) me.tell(receive());',
  });
  const pids = stage.team.pids.slice(0, 2).join(' ');
  const stops = spawn('sh', [
    '-c',
    `trap 'kill -CONT ${pids}; exit' TERM; echo; while kill -STOP ${pids}; do kill -CONT ${pids}; sleep 0.004; done`,
  ]);
  try {
    await once(stops.stdout, 'data');
    const run = await atFullSpeed(stage);
    expect(run.outcome.ending).toBe(Ending.FINISHED);
    expect(run.told[1]).toEqual(numbers(30));
  } finally {
    stops.kill('SIGTERM');
    await once(stops, 'exit');
  }
};

const replays: Law = async (stage, m) => {
  await load(stage, m, {
    senders: 2,
    receivers: 2,
    share: m.small,
    size: m.size ?? 4,
    sender: 'for (let n = 1; n <= 4; n++) send(n); line.close();',
    receiver: `for (let n = 1; n <= 3; n++) me.tell(receive() ?? ${Told.END}); line.close();`,
  });
  for (const strategy of unprescribed) {
    for (const seed of seeds(2)) {
      const run = stage.ran({ mode: 'controlled', seed, strategy, length: 30 });
      expect([Ending.FINISHED, Ending.DEADLOCK, Ending.CRASH]).toContain(run.outcome.ending);
      expect(stage.replayed(run), `${strategy.name} ${seed}`).toBeUndefined();
    }
  }
};

/** Names and ids of this process's that the system has. */
function named(): string[] {
  const own = new RegExp(`interleave-(?:[a-z]+-)?${process.pid}-`);
  const maker = (0x1ea << 14) | (process.pid % (1 << 14)); // os/sysv-key.ts
  const files = ['/dev/shm', '/dev/mqueue', tmpdir()].flatMap((folder) => {
    try {
      return readdirSync(folder).filter((name) => own.test(name));
    } catch {
      return [];
    }
  });
  const ids = ['msg', 'sem', 'shm'].flatMap((kind) =>
    readFileSync(`/proc/sysvipc/${kind}`, 'utf8')
      .split('\n')
      .filter((line) => Number.parseInt(line, 10) >> 6 === maker),
  );
  return [...files, ...ids];
}

const allIsReleased: Law = async (stage, m) => {
  const ends = {
    well: 'send(1); line.close();',
    stuck: 'for (;;) send(1);',
    crash: "send(1); throw new Error('mine');",
  };
  for (const [how, sender] of Object.entries(ends)) {
    if (m.full === 'loses' && how === 'stuck') continue;
    await load(stage, m, {
      share: m.small,
      ...(!m.once && { spare: m.share }),
      size: m.size ?? 4,
      sender,
      receiver: 'receive();',
    });
    if (how === 'well') await atFullSpeed(stage);
    else stage.controlled(0);
    const before = stage.openFiles();
    for (const seed of seeds(6)) stage.controlled(seed);
    if (how === 'well') for (const seed of seeds(3)) await atFullSpeed(stage, seed);
    expect(stage.openFiles(), how).toEqual(before);
    expect(named(), how).toEqual([]);
  }
};

export const laws: readonly (readonly [claim: string, law: Law])[] = [
  ['loses nothing and doubles nothing, and keeps the order of each sender', nothingLost],
  ['does so where it is full as well, as far as it says so', nothingLostWhereFull],
  ['gives what was sent first to who receives first', firstComeFirstServed],
  ['keeps boundaries, or does not, as it says', boundaries],
  ['carries a message of the greatest size, and refuses what is over it', sizeLimit],
  [
    'lets a sender wait while it is full and a receiver while it is empty; that nobody comes is seen',
    fullAndEmpty,
  ],
  ['ends for its receivers when the last sender has gone, or not, as it says', sendersGo],
  ['breaks for its senders when the last receiver has gone, or not, as it says', receiversGo],
  ['shows that a peer was killed as if that had closed its end', onePeerIsKilled],
  ['goes on where calls are interrupted', interrupted],
  ['gives the same run again, under every strategy', replays],
  ['leaves no descriptor, name or id', allIsReleased],
];
