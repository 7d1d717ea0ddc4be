import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { check } from '../../harness/hunt/check.ts';
import type { Failure } from '../../harness/hunt/failure.ts';
import { hunt } from '../../harness/hunt/hunt.ts';
import type { Item } from '../../harness/hunt/item.ts';
import type { PlayedMoves } from '../../harness/hunt/lasso.ts';
import { ScheduleArbitrary, type Trial } from '../../harness/hunt/schedule-arbitrary.ts';
import { Session } from '../../harness/hunt/session.ts';
import { shrink } from '../../harness/hunt/shrink.ts';
import { casesOf } from '../../harness/problem/case.ts';
import { home, problemOf, slugs } from '../../harness/problem/catalogue.ts';
import { compile } from '../../harness/problem/compile.ts';
import { lenientReplay, replay } from '../../harness/schedule/replay.ts';
import { choice, compact, decodeTake, isTake, type Moves, take } from '../../harness/schedule/schedule.ts';
import { simpler } from '../../harness/schedule/simpler.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { onOneProcessor } from '../workbench.ts';

onOneProcessor();
const session = new Session();
afterAll(() => session.close());

// Every second one of each problem: the suite has to end some time.
const broken = slugs().flatMap((slug) =>
  readdirSync(join(home, 'solutions', slug, 'broken'))
    .filter((name) => name.endsWith('.ts'))
    .filter((_, i) => i % 2 === 0)
    .map((name) => [slug, name] as const),
);

/** What is wrong with `shrunk`, as the simpler form of `found`: nothing where the list is empty. */
function faults(found: Failure, shrunk: Failure): string[] {
  const order = {
    mode: 'controlled',
    seed: 0,
    world: shrunk.world,
    strategy: replay,
    moves: shrunk.moves,
  } as const;
  const played = session.play(order);
  if (played.judgement === undefined) return ['it does not fail'];
  const again = session.failure(played, shrunk.world);
  return [
    ...(again.key === found.key ? [] : [`it fails for '${again.key}', and what was found is '${found.key}'`]),
    ...(again.exact === shrunk.exact ? [] : ['it is another run than the one that was remembered']),
    ...(again.switches === shrunk.switches
      ? []
      : [`it has ${again.switches} switches, not ${shrunk.switches}`]),
    ...(shrunk.switches <= found.switches ? [] : [`${found.switches} switches became ${shrunk.switches}`]),
    ...(shrunk.switches < found.switches || shrunk.steps <= found.steps
      ? []
      : [`${found.steps} steps became ${shrunk.steps}`]),
  ];
}

/** What a hunt finds, as it was found and as it was shrunk; undefined where it finds nothing. */
async function pair(item: Item): Promise<{ found: Failure; shrunk: Failure } | undefined> {
  const found = await hunt(session, { ...item, shrink: false });
  const { failure: shrunk } = await hunt(session, item);
  expect(found.failure === undefined).toBe(shrunk === undefined);
  return found.failure && shrunk && { found: found.failure, shrunk };
}

describe('shrinking', () => {
  let simplified = 0;
  it.each(broken)('keeps what was found, with no more switches: %s %s', async (slug, name) => {
    const { code } = await compile(join(home, 'solutions', slug, 'broken', name));
    await session.open(slug, code);
    const cases = casesOf(await problemOf(slug));
    // The smallest case in which something is found, and a larger one.
    for (const some of [cases.slice(0, 8), cases.slice(16, 20)]) {
      for (const c of some) {
        const both = await pair({ case: c, schedules: 60, seed: 1 });
        if (both === undefined) continue;
        expect(faults(both.found, both.shrunk)).toEqual([]);
        if (both.shrunk.switches < both.found.switches || both.shrunk.steps < both.found.steps) simplified++;
        break;
      }
    }
  });
  it('has made most of these simpler', () => {
    expect(simplified).toBeGreaterThan(broken.length / 2);
  });
  it('would be found out if it gave back a run that ends well, another finding, or a worse run', async () => {
    const { code } = await compile(join(home, 'solutions/dining-philosophers/broken/naive.ts'));
    await session.open('dining-philosophers', code);
    const both = await pair({ case: { seats: 3, meals: 1 }, schedules: 60, seed: 1 });
    if (both === undefined) throw new Error('nothing was found');
    const { found, shrunk } = both;
    expect(faults(found, { ...shrunk, moves: [take(0, 65_535)] })).toEqual(['it does not fail']);
    expect(faults({ ...found, key: 'lost|' }, shrunk)).toHaveLength(1);
    expect(faults({ ...found, switches: shrunk.switches - 1 }, shrunk)).toHaveLength(1);
    expect(faults({ ...found, switches: shrunk.switches, steps: shrunk.steps - 1 }, shrunk)).toHaveLength(1);
    expect(faults(shrunk, found)).not.toEqual([]);
  });

  it.each([1, 2, 3])(
    'brings naive philosophers down to two seats and one switch, with seed %i',
    async (seed) => {
      const file = join(home, 'solutions/dining-philosophers/broken/naive.ts');
      const { findings } = await check({ slug: 'dining-philosophers', file, seed, schedules: 300 });
      expect(findings).toMatchObject([{ kind: 'deadlock', case: { seats: 2, meals: 1 }, switches: 1 }]);
      expect(findings[0].trace.filter((step) => step.preempts)).toHaveLength(1);
    },
  );
});

/** Process 0 looks again and again until process 1 has done its steps; it fails if 0 has looked after each of them. */
function polling(moves: Moves, longest: number): PlayedMoves {
  const STEPS = 6;
  const done: number[] = [];
  const seen = new Set<number>();
  let written = 0;
  const goOn = (process: number, most: number): void => {
    for (let i = 0; i < most && written < STEPS && done.length < longest; i++) {
      if (process === 0) seen.add(written);
      else written++;
      done.push(process);
    }
  };
  for (const entry of moves) goOn(decodeTake(entry).process, decodeTake(entry).steps);
  goOn(done.at(-1) ?? 0, longest);
  const fails = written === STEPS && [1, 2, 3, 4, 5].every((n) => seen.has(n));
  const played = (): Moves => compact(done.map((p) => take(p, 1)));
  const failure = (): Failure => ({
    key: 'unsafe|',
    world: 0,
    moves: played(),
    switches: done.filter((p, i) => i > 0 && p !== done[i - 1]).length,
    steps: done.length,
    exact: 0,
  });
  return {
    failure: fails ? failure() : undefined,
    steps: done.length,
    moves: played,
    recurrences: () => [],
  };
}

describe('a run in which somebody looks again and again', () => {
  it('is told with as few looks as it takes', () => {
    const long = Array.from({ length: 6 }, () => [take(0, 150), take(1, 1)]).flat();
    const { failure } = polling(long, 65_535);
    if (failure === undefined) throw new Error('it does not fail');
    expect(failure.steps).toBe(906);
    expect(shrink(failure, 2, polling)).toMatchObject({ switches: 10, steps: 11 });
  });
});

const entry = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 6 })).map(([p, n]) => take(p, n)) },
  { weight: 1, arbitrary: fc.nat(3).map(choice) },
);
const moves = fc.array(entry, { minLength: 1, maxLength: 16 }).map(compact);

describe('what is tried instead of a failing schedule', () => {
  it('is never nothing new, is finite, and names processes of the run only', () => {
    fc.assert(
      fc.property(moves, fc.nat(5), (m, switches) => {
        const candidates = [...simpler(m, switches, 4)];
        // At most 1,500 with one switch and 3,000 with two, a round of either over that, and what is near.
        expect(candidates.length).toBeLessThan(5_000);
        for (const candidate of candidates) {
          for (const e of candidate) if (isTake(e)) expect(decodeTake(e).process).toBeLessThan(4);
        }
        expect(candidates.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
  it('begins with no preemption at all, one process after the other, in every order of two', () => {
    const [first, second] = simpler([take(0, 1), take(1, 2), take(0, 3)], 2, 2);
    const order = (m: readonly number[]) => m.map((e) => decodeTake(e).process);
    expect(order(first)).toEqual([0, 1]);
    expect(order(second)).toEqual([1, 0]);
  });
  it('contains every schedule with one entry less', () => {
    fc.assert(
      fc.property(moves, (m) => {
        const tried = new Set([...simpler(m, 0, 4)].map((c) => c.join()));
        for (const i of m.keys()) expect(tried).toContain([...m.slice(0, i), ...m.slice(i + 1)].join());
      }),
    );
  });
  it('contains a single switch, also where buffers have moved behind the processes', () => {
    const buffered = [take(0, 2), take(2, 1), take(1, 2), take(3, 1), take(0, 1)];
    const tried = [...simpler(buffered, 2, 2)].map((m) => m.join());
    expect(tried).toContain([take(0, 2), take(1, 65_535), take(0, 65_535)].join());
  });
  it('looks once instead of a thousand times, before what takes long is tried', () => {
    const polls = [take(0, 1_000), take(1, 1), take(0, 900), take(1, 1)];
    const early = [...simpler(polls, 6, 2)].slice(0, 20).map((m) => m.join());
    expect(early).toContain([take(0, 1), ...polls.slice(1)].join());
    expect(early).toContain([...polls.slice(0, 2), take(0, 1), take(1, 1)].join());
  });
  it('comes only once a schedule has failed, and from what really happened', () => {
    const arbitrary = new ScheduleArbitrary([[uniform, 1]], lenientReplay);
    const trial: Trial = { strategy: uniform, seed: 5, world: 1 };
    expect([...arbitrary.shrink(trial)]).toEqual([]);
    trial.failed = {
      moves: [take(0, 2), take(1, 1)],
      switches: 1,
      steps: 3,
      processes: 2,
      enough: () => false,
    };
    const candidates = [...arbitrary.shrink(trial)].map((value) => value.value);
    expect(candidates.length).toBeGreaterThan(3);
    for (const c of candidates) expect(c).toMatchObject({ strategy: lenientReplay, world: 1 });
  });
  it('draws strategies as often as their weights say', () => {
    const other = { ...uniform, name: 'other' };
    const arbitrary = new ScheduleArbitrary(
      [
        [uniform, 3],
        [other, 1],
      ],
      lenientReplay,
    );
    const drawn = fc.sample(arbitrary, { numRuns: 4_000, seed: 1 });
    const share = drawn.filter((t) => t.strategy === other).length / drawn.length;
    expect(share).toBeGreaterThan(0.21);
    expect(share).toBeLessThan(0.29);
    expect(new Set(drawn.map((t) => t.seed)).size).toBeGreaterThan(3_500);
  });
});
