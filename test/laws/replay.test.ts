import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { executed } from '../../harness/check/executed.ts';
import { Session } from '../../harness/hunt/session.ts';
import { home } from '../../harness/problem/catalogue.ts';
import { compile } from '../../harness/problem/compile.ts';
import type { Case } from '../../harness/problem/problem.ts';
import { Ending, RECORD_WORDS } from '../../harness/process/control.ts';
import type { Outcome } from '../../harness/process/team.ts';
import { Field } from '../../harness/process/trace-record.ts';
import { parking } from '../../harness/schedule/parking.ts';
import { pct } from '../../harness/schedule/pct.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { roundRobin } from '../../harness/schedule/round-robin.ts';
import { parse, print } from '../../harness/schedule/schedule.ts';
import { unprescribed } from '../../harness/schedule/strategies.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { plainOperations } from '../../harness/sync/operations.ts';
import { onOneProcessor, records, solution, TOLD, Workbench } from '../workbench.ts';

/** Solutions of real problems, right and wrong, and the case in which they are played. */
const subjects: readonly (readonly [slug: string, file: string, c: Case])[] = [
  ['dining-philosophers', 'waiter', { seats: 3, meals: 1 }],
  ['dining-philosophers', 'monitor', { seats: 4, meals: 1 }],
  ['dining-philosophers', 'broken/naive', { seats: 3, meals: 2 }],
  ['producer-consumer', 'broadcast', { producers: 2, consumers: 2, capacity: 1, items: 2 }],
  ['producer-consumer', 'two-locks', { producers: 1, consumers: 2, capacity: 2, items: 3 }],
  ['producer-consumer', 'broken/if-for-while', { producers: 2, consumers: 2, capacity: 1, items: 2 }],
  ['readers-writers', 'rwlock', { readers: 3, writers: 2, visits: 1 }],
  ['readers-writers', 'monitor', { readers: 2, writers: 1, visits: 2 }],
];
/** Schedules of each strategy, over all subjects. */
const SCHEDULES = 1_000;

/** A run, written down. */
interface Kept {
  readonly line: string;
  readonly ending: Pick<Outcome, 'ending' | 'by' | 'steps'>;
  readonly trace: Int32Array;
}

const sessions: Session[] = [];
afterAll(() => Promise.all(sessions.map((s) => s.close())));
const made = <S extends Session>(session: S): S => {
  sessions.push(session);
  return session;
};

async function open(session: Session, [slug, file, c]: (typeof subjects)[number]): Promise<void> {
  const { code } = await compile(join(home, 'solutions', slug, `${file}.ts`));
  await session.open(slug, code);
  await session.enter(c);
}

const kept = (session: Session, world: number, outcome: Outcome): Kept => {
  const { ending, by, steps } = outcome;
  const moves = executed(session.view('controlled', outcome));
  return {
    line: print({ seed: world, moves }),
    ending: { ending, by, steps },
    trace: records(session, outcome),
  };
};

/** Plays what was written down. Says how it differs, byte by byte; undefined where it does not. */
function replayed(session: Session, { line, ending, trace }: Kept): string | undefined {
  const { seed, moves } = parse(line);
  const { outcome } = session.play({ mode: 'controlled', seed: 0, world: seed, strategy: replay, moves });
  for (const [name, value] of Object.entries(ending)) {
    const found = outcome[name as keyof typeof ending];
    if (found !== value) return `${line}: ${name} is ${found}, and was ${value}`;
  }
  const again = records(session, outcome);
  const word = again.findIndex((w, i) => w !== trace[i]);
  return word < 0
    ? undefined
    : `${line}: step ${Math.floor(word / RECORD_WORDS) + 1} differs in word ${word % RECORD_WORDS}`;
}

onOneProcessor();

describe('a recorded schedule', () => {
  const recording = made(new Session());
  const fresh = made(new Session());
  const endings = new Set<number>();
  let seen = 0;

  it.each(subjects)(
    'gives the same bytes again, also in other processes, whatever strategy made it: %s %s',
    async (...subject) => {
      await open(recording, subject);
      const all: Kept[] = [];
      for (const strategy of unprescribed) {
        for (let seed = 0; seed < SCHEDULES / subjects.length; seed++) {
          const world = seed % 4;
          const { outcome } = recording.play({ mode: 'controlled', seed, world, strategy });
          all.push(kept(recording, world, outcome));
          endings.add(outcome.ending);
        }
      }
      seen += all.length;
      expect(new Set(all.map((k) => k.line)).size).toBeGreaterThan(all.length / 4);
      await open(fresh, subject);
      for (const k of all) expect(replayed(recording, k)).toBeUndefined();
      for (const k of all) expect(replayed(fresh, k)).toBeUndefined();
    },
  );
  it('was replayed a thousand times for every strategy, and not only where all went well', () => {
    expect(seen).toBe(SCHEDULES * unprescribed.length);
    expect(endings).toContain(Ending.FINISHED);
    expect(endings).toContain(Ending.DEADLOCK);
  });
  describe('with positions', () => {
    const located = (line: string): Int32Array => {
      const { moves } = parse(line);
      const order = { mode: 'controlled', seed: 0, strategy: replay, moves, positions: true } as const;
      return records(recording, recording.play(order).outcome);
    };
    const withoutPositions = (trace: Int32Array): Int32Array =>
      trace.map((w, i) => ([Field.LINE, Field.COLUMN].some((f) => i % RECORD_WORDS === f) ? 0 : w));
    const walk = (seed: number): Kept => {
      const { outcome } = recording.play({ mode: 'controlled', seed, strategy: uniform });
      return kept(recording, 0, outcome);
    };

    it('gives the same steps, and a position for each', async () => {
      await open(recording, subjects[2]);
      for (let seed = 0; seed < 50; seed++) {
        const { line, trace } = walk(seed);
        const again = located(line);
        expect(withoutPositions(again)).toEqual(withoutPositions(trace));
        const words = [...again.keys()];
        expect(words.some((i) => i % RECORD_WORDS === Field.LINE && again[i] === 0)).toBe(false);
        expect(words.some((i) => i % RECORD_WORDS === Field.COLUMN && again[i] === 0)).toBe(false);
      }
    });
    it('leaves none of them in the records of the runs that follow', async () => {
      await open(recording, subjects[2]);
      const { line } = walk(1);
      located(line);
      const { trace } = walk(1);
      expect(trace).toEqual(withoutPositions(trace));
    });
  });
  it('is followed to the letter: another one gives other bytes', async () => {
    await open(recording, subjects[0]);
    const traces = [1, 2].map((seed) => {
      const { outcome } = recording.play({ mode: 'controlled', seed, strategy: uniform });
      return kept(recording, 0, outcome);
    });
    expect(replayed(recording, { ...traces[0], trace: traces[1].trace })).toMatch(/differs in word/);
    expect(replayed(recording, { ...traces[0], ending: { ...traces[0].ending, steps: 1 } })).toMatch(
      /steps is/,
    );
  });
});

describe('everything that a role can get hold of', () => {
  const bench = made(new Workbench());
  const fresh = made(new Workbench());
  // What would differ from process to process, from run to run or from machine to machine, if it could.
  const curious = solution(
    '{ m: mutex(), c: condition(), s: semaphore(0, { strength: "handoff" }), n: int32(0), d: float64(0) }',
    `const { m, c, s, n, d } = shared;
    me.tell(Math.floor(Math.random() * 1000)); me.tell(me.random(1000));
    me.tell(Date.now() % 1000); me.tell(new Date().getSeconds()); me.tell(new Error().stack.length > 0);
    me.tell(Object.keys({ b: 1, a: 2, 1: 3 }).join().length); me.tell([3, 1, 2].sort()[0]);
    d.value += Math.random();
    m.lock(); n.value++;
    if (n.value < 3) { if (!c.timedWait(m, 1)) me.tell(-1); } else c.broadcast();
    m.unlock();
    c.signal(); s.post();
    if (me.number === 0) { sleep(5); me.think(); console.log('here'); }
    if (!s.timedWait(3)) me.tell(-2);
    m.lock(); if (n.value === 4) c.wait(m); n.value++; c.signal(); m.unlock();`,
  );
  const c = { processes: 4 };
  const trace = (session: Workbench, seed: number, strategy = uniform): Kept => {
    const { outcome } = session.play({ mode: 'controlled', seed, world: seed & 0xff, strategy });
    return kept(session, seed & 0xff, outcome);
  };

  it('is the same for the same seed, in other processes and after other runs', async () => {
    await bench.use(curious, c);
    await fresh.use(curious, c);
    for (const strategy of unprescribed) {
      const first = Array.from({ length: 100 }, (_, seed) => trace(bench, seed, strategy));
      // Backwards, so that each run comes after other ones than before.
      const second = Array.from({ length: 100 }, (_, i) => trace(fresh, 99 - i, strategy)).reverse();
      expect(second).toEqual(first);
      for (const k of first) expect(replayed(fresh, k)).toBeUndefined();
    }
  });
  it('is another for other seeds', async () => {
    await bench.use(curious, c);
    expect(trace(bench, 1).trace).not.toEqual(trace(bench, 2).trace);
  });
  it('is the same on every Node and every machine: these lines were written down once', async () => {
    await bench.use(curious, { processes: 2 });
    const runs = [uniform, roundRobin, pct, parking].map((strategy) => trace(bench, 7, strategy));
    expect(runs.map((run) => run.line)).toEqual([
      'v1 ~7 b2 a2 b2 a1 b2 a2 b1 a6 b2 a11 b3 a1 b1 a1 b7 a1 b2 a5 b6',
      'v1 ~7 a7 b7 a7 b2 a7 b7 a9 b12',
      'v1 ~7 b1 a30 b23',
      'v1 ~7 b2 a2 b1 a1 b1 a2 b3 a1 b21 a20',
    ]);
    const told: number[] = [];
    for (let at = 0; at < runs[0].trace.length; at += RECORD_WORDS) {
      if (runs[0].trace[at + Field.OPERATION] === plainOperations.event.code)
        told.push(runs[0].trace[at + Field.ARGUMENT] / TOLD);
    }
    expect(told).toEqual([218, 130, 634, 111, 2, 0, 4, 1, 5, 0, 1, 1, 5, 1, -1, -1]);
  });
  it('is the same where a run goes on until the fair tail takes over', async () => {
    const spinning = solution(
      '{ go: bool(false) }',
      'if (me.number === 0) { while (!shared.go.value); } else { me.think(); shared.go.value = true; }',
    );
    await bench.use(spinning, { processes: 2 });
    let longest = 0;
    for (let seed = 0; seed < 40; seed++) {
      const k = trace(bench, seed, pct);
      longest = Math.max(longest, k.ending.steps);
      expect(k.ending.ending).toBe(Ending.FINISHED);
      expect(replayed(bench, k)).toBeUndefined();
    }
    expect(longest).toBeGreaterThan(2_000);
  });
});
