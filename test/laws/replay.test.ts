// A recorded schedule is the run: played again, also by other processes, it gives the same trace byte for byte.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executed } from '../../harness/check/executed.ts';
import { Session } from '../../harness/hunt/session.ts';
import { home } from '../../harness/problem/catalogue.ts';
import { compile } from '../../harness/problem/compile.ts';
import type { Case } from '../../harness/problem/problem.ts';
import { parking } from '../../harness/schedule/parking.ts';
import { pct } from '../../harness/schedule/pct.ts';
import { replay } from '../../harness/schedule/replay.ts';
import { roundRobin } from '../../harness/schedule/round-robin.ts';
import { type Moves, parse, print } from '../../harness/schedule/schedule.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { onOneProcessor, records } from '../workbench.ts';

interface Subject {
  readonly slug: string;
  readonly file: string;
  readonly case: Case;
}

const subjects: readonly Subject[] = [
  {
    slug: 'producer-consumer',
    file: 'two-conditions.ts',
    case: { producers: 2, consumers: 2, capacity: 1, items: 2 },
  },
  { slug: 'dining-philosophers', file: 'back-off.ts', case: { seats: 3, meals: 1 } },
  { slug: 'dining-philosophers', file: 'broken/naive.ts', case: { seats: 3, meals: 2 } },
  { slug: 'readers-writers', file: 'writers-first.ts', case: { readers: 2, writers: 2, visits: 1 } },
];

/** Recorded schedules of each strategy, over all subjects. */
const RECORDED = 1000;

interface Recorded {
  readonly subject: Subject;
  readonly line: string;
  readonly bytes: Int32Array;
  readonly strategy: string;
}

const open: Session[] = [];
const recorded: Recorded[] = [];

async function sessionOf({ slug, file, case: c }: Subject): Promise<Session> {
  const session = new Session();
  open.push(session);
  const { code } = await compile(join(home, 'solutions', slug, file));
  await session.open(slug, code);
  await session.enter(c);
  return session;
}

function again(session: Session, seed: number, moves: Moves): Int32Array {
  const { outcome } = session.play({ mode: 'controlled', seed: 0, world: seed, strategy: replay, moves });
  return records(session, outcome);
}

/** The recorded schedules that do not give their bytes again. */
function different(session: Session, some: readonly Recorded[]): string[] {
  return some
    .filter(({ line, bytes }) => {
      const { seed, moves } = parse(line);
      return Buffer.compare(Buffer.from(again(session, seed, moves).buffer), Buffer.from(bytes.buffer)) !== 0;
    })
    .map(({ strategy, line }) => `${strategy}: ${line}`);
}

beforeAll(async () => {
  onOneProcessor();
  for (const subject of subjects) {
    const session = await sessionOf(subject);
    for (const strategy of [uniform, roundRobin, pct, parking]) {
      for (let i = 0; i < RECORDED / subjects.length; i++) {
        const world = i % 5;
        const { outcome } = session.play({
          mode: 'controlled',
          seed: i * 7919 + 1,
          world,
          strategy,
          length: 60,
        });
        const moves = executed(session.view('controlled', outcome));
        recorded.push({
          subject,
          line: print({ seed: world, moves }),
          bytes: records(session, outcome),
          strategy: strategy.name,
        });
      }
    }
  }
});

afterAll(() => Promise.all(open.map((s) => s.close())));

describe('a recorded schedule', () => {
  it('of every strategy replays to the same bytes', () => {
    const wrong = subjects.flatMap((subject, i) =>
      different(
        open[i],
        recorded.filter((r) => r.subject === subject),
      ),
    );
    expect(recorded).toHaveLength(4 * RECORDED);
    expect(wrong).toEqual([]);
  });

  it('replays to the same bytes in processes that never saw it', async () => {
    for (const subject of subjects) {
      const fresh = await sessionOf(subject);
      const some = recorded.filter((r, i) => r.subject === subject && i % 10 === 0);
      expect(different(fresh, some)).toEqual([]);
    }
  });

  it('that is changed in one place gives another trace, so the comparison can fail', () => {
    const one = recorded.find((r) => r.subject === subjects[0] && r.strategy === 'random') as Recorded;
    const other = recorded.find((r) => r.subject === subjects[0] && r.line !== one.line) as Recorded;
    expect(different(open[0], [{ ...one, line: other.line }])).toHaveLength(1);
  });
});
