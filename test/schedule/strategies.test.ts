import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parking } from '../../harness/schedule/parking.ts';
import { pct } from '../../harness/schedule/pct.ts';
import { lenientReplay, PRESCRIBED, prescribe, replay } from '../../harness/schedule/replay.ts';
import { roundRobin } from '../../harness/schedule/round-robin.ts';
import { choice, compact, type Moves, take } from '../../harness/schedule/schedule.ts';
import { strategies, strategyIndex, unprescribed } from '../../harness/schedule/strategies.ts';
import type { Strategy } from '../../harness/schedule/strategy.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { type Asked, begun, nothing, play, type Shown, taken } from './stage.ts';

const entry = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.nat(9), fc.nat(6)).map(([p, n]) => take(p, n)) },
  { weight: 1, arbitrary: fc.nat(4).map(choice) },
);
const contended = fc
  .record({ object: fc.nat(3), index: fc.nat(1), by: fc.array(fc.nat(9), { minLength: 8, maxLength: 8 }) })
  .map((one) => ({ ...one, accesses: one.by.reduce((a, b) => a + b) }));
const shown: fc.Arbitrary<Shown> = fc.record({
  processes: fc.integer({ min: 1, max: 8 }),
  seed: fc.integer(),
  steps: fc.integer({ min: 1, max: 60 }),
  luck: fc.integer(),
  moves: fc.array(entry, { maxLength: 20 }).map(compact),
  length: fc.integer({ min: 0, max: 200 }),
  profile: fc.record({
    length: fc.nat(200),
    steps: fc.array(fc.nat(40), { minLength: 8, maxLength: 8 }),
    pieces: fc.array(fc.nat(20), { minLength: 8, maxLength: 8 }),
    contended: fc.array(contended, { maxLength: 4 }),
    roles: fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }),
  }),
});
const strict = (strategy: Strategy): boolean => strategy === replay;
/** A schedule is prescribed to those only who follow it. */
const asksFor = (strategy: Strategy, { moves, ...rest }: Shown): Shown =>
  strategy === replay || strategy === lenientReplay ? { ...rest, moves: moves ?? [] } : rest;

/** What is wrong with decisions; empty where nothing is. */
function faults(asked: readonly Asked[], mayRefuse: boolean): string[] {
  return asked.flatMap(({ enabled, moved, ways, chosen }, step) => [
    ...(enabled.includes(moved) || (mayRefuse && moved === -1) ? [] : [`step ${step}: ${moved} cannot move`]),
    ...((chosen >= 0 && chosen < ways) || (mayRefuse && chosen === -1)
      ? []
      : [`step ${step}: way ${chosen}`]),
  ]);
}

/** Whether `strategy` writes past its own words, with as many processes as there may be. */
function strays(strategy: Strategy, s: Shown): boolean {
  const state = begun(strategy, { ...s, processes: 32 });
  const enabled = Int32Array.from({ length: 32 }, (_, p) => p);
  const before = state.slice(PRESCRIBED);
  for (let step = 0; step < 80; step++) {
    const p = strategy.next(state, enabled, 32, -1, step, nothing);
    if (p < 0 || strategy.choose(state, 32) < 0) break;
    if (strategy === parking) parking.parked(state, p);
  }
  return state.subarray(PRESCRIBED).some((word, i) => word !== before[i]);
}

describe.each(strategies.map((s) => [s.name, s] as const))('the strategy %s', (_, strategy) => {
  it('only ever lets a process move that can, in a way that there is', () => {
    fc.assert(
      fc.property(shown, (s) => {
        expect(faults(play(strategy, asksFor(strategy, s)), strict(strategy))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
  it('decides the same for the same seed, whatever was played before', () => {
    fc.assert(
      fc.property(shown, (s) => {
        const asked = asksFor(strategy, s);
        expect(play(strategy, asked)).toEqual(play(strategy, asked));
      }),
    );
  });
  it('keeps what it remembers to its own words', () => {
    fc.assert(
      fc.property(shown, (s) => !strays(strategy, asksFor(strategy, s))),
      { numRuns: 30 },
    );
  });
  it('is known by its place in the list, which workers and referee share', () => {
    expect(strategies[strategyIndex(strategy)]).toBe(strategy);
  });
});

/** Strategies as another process has loaded them: nothing that they keep to themselves is shared. */
vi.resetModules();
const elsewhere = (await import('../../harness/schedule/strategies.ts')).strategies;

/** A strategy that is asked in turn in two processes, which share nothing but the words of the state. */
function handedOver(here: Strategy, there: Strategy): Strategy {
  let asked = 0;
  return {
    name: here.name,
    begin: (state, run) => here.begin(state, run),
    next: (...given) => (asked++ % 2 === 0 ? here : there).next(...given),
    choose: (...given) => (asked++ % 3 === 0 ? here : there).choose(...given),
  };
}

describe.each(strategies.map((s, i) => [s.name, s, elsewhere[i]] as const))('%s', (_, here, there) => {
  it('decides the same where the processes that ask it take turns', () => {
    expect(there).not.toBe(here);
    fc.assert(
      fc.property(shown, (s) => {
        const asked = asksFor(here, s);
        expect(play(handedOver(here, there), asked)).toEqual(play(here, asked));
      }),
    );
  });
});

describe('the check of decisions', () => {
  it('finds a strategy that remembers in its own process', () => {
    const rotating = (): Strategy => {
      let n = 0;
      return { ...uniform, next: (_state, enabled, count) => enabled[n++ % count] };
    };
    const s = { processes: 4, seed: 1, steps: 50, luck: 1 };
    expect(play(handedOver(rotating(), rotating()), s)).not.toEqual(play(rotating(), s));
  });
  it('finds a strategy that lets a process move that cannot, and one that goes a way that there is not', () => {
    const stubborn: Strategy = { ...uniform, next: () => 0 };
    const astray: Strategy = { ...uniform, choose: (_state, n) => n };
    const stale: Strategy = { ...uniform, next: (_state, enabled, count) => enabled[count] };
    const s = { processes: 4, seed: 1, steps: 50, luck: 1 };
    for (const bad of [stubborn, astray, stale]) expect(faults(play(bad, s), false)).not.toEqual([]);
  });
  it('finds a strategy that remembers in the words of the schedule', () => {
    const sprawling: Strategy = {
      ...uniform,
      next(state, enabled) {
        state[PRESCRIBED] = enabled[0] + 1;
        return enabled[0];
      },
    };
    expect(strays(sprawling, { processes: 4, seed: 1, steps: 50, luck: 1 })).toBe(true);
  });
});

const everybody = (processes: number) => () => Array.from({ length: processes }, (_, p) => p);
const movers = (asked: readonly Asked[]): number[] => asked.map((a) => a.moved);
const switches = (list: readonly number[]): number =>
  list.filter((p, i) => i > 0 && p !== list[i - 1]).length;

describe('the random walk', () => {
  it('lets everyone who can move do so about equally often', () => {
    const counts = new Array<number>(5).fill(0);
    const asked = play(uniform, { processes: 5, seed: 3, steps: 20_000, luck: 0 }, everybody(5));
    for (const p of movers(asked)) counts[p]++;
    for (const n of counts) expect(Math.abs(n - 4_000)).toBeLessThan(300);
  });
  it('takes other ways for other seeds', () => {
    const ways = new Set(
      Array.from({ length: 200 }, (_, seed) =>
        movers(play(uniform, { processes: 3, seed, steps: 20, luck: 0 }, everybody(3))).join(''),
      ),
    );
    expect(ways.size).toBe(200);
  });
});

describe('round robin', () => {
  it('lets all take turns of the same length, in their order', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 6 }), (seed, processes) => {
        const list = movers(play(roundRobin, { processes, seed, steps: 80, luck: 0 }, everybody(processes)));
        const turns: { p: number; n: number }[] = [];
        for (const p of list) {
          const last = turns.at(-1);
          if (last?.p === p) last.n++;
          else turns.push({ p, n: 1 });
        }
        const whole = turns.slice(0, -1);
        expect(new Set(whole.map((t) => t.n)).size).toBe(1);
        expect(whole[0].n).toBeLessThanOrEqual(8);
        for (const [i, t] of turns.entries()) {
          if (i > 0) expect(t.p).toBe((turns[i - 1].p + 1) % processes);
        }
      }),
    );
  });
  it('has another quantum for other seeds', () => {
    const first = (seed: number) => {
      const list = movers(play(roundRobin, { processes: 2, seed, steps: 20, luck: 0 }, everybody(2)));
      return list.findIndex((p) => p !== list[0]);
    };
    expect(new Set(Array.from({ length: 60 }, (_, seed) => first(seed)))).toEqual(
      new Set([1, 2, 3, 4, 5, 6, 7, 8]),
    );
  });
});

describe('PCT', () => {
  it('preempts at most three times, where everyone can always go on', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 8 }), (seed, processes) => {
        const list = movers(play(pct, { processes, seed, steps: 60, luck: 0 }, everybody(processes)));
        expect(switches(list)).toBeLessThanOrEqual(3);
      }),
      { numRuns: 300 },
    );
    const walk = movers(play(uniform, { processes: 3, seed: 1, steps: 60, luck: 0 }, everybody(3)));
    expect(switches(walk), 'a random walk breaks this').toBeGreaterThan(3);
  });
  it('finds a bug of depth two about as often as it promises', () => {
    // Process a must be interrupted between its seventh step and the next, and b must come there: depth two.
    const steps = 20;
    const found = Array.from({ length: 4_000 }, (_, seed) => {
      const left = [steps, steps];
      let hit = false;
      const noting: Strategy = {
        ...pct,
        next(...given) {
          const p = pct.next(...given);
          if (p === 1 && left[0] === steps - 7 && left[1] > 0) hit = true;
          left[p]--;
          return p;
        },
      };
      play(noting, { processes: 2, seed, steps: 2 * steps, luck: 0 }, () =>
        [0, 1].filter((p) => left[p] > 0),
      );
      return hit;
    }).filter(Boolean).length;
    // At least 1 / (n k^(d-1)) of those with depth two or more, which are three in four.
    expect(found).toBeGreaterThan((4_000 * 0.75) / (2 * 2 * steps));
  });
});

describe('parking', () => {
  it('holds back whoever has just begun something, in three of four cases, until the others cannot move', () => {
    let held = 0;
    for (let seed = 0; seed < 2_000; seed++) {
      const state = begun(parking, { processes: 3, seed, steps: 0, luck: 0 });
      const all = new Int32Array([0, 1, 2]);
      const first = parking.next(state, all, 3, -1, 0, nothing);
      parking.parked(state, first);
      const second = parking.next(state, all, 3, first, 1, nothing);
      if (second === first) continue;
      held++;
      expect(parking.next(state, new Int32Array([first]), 1, first, 2, nothing)).toBe(first);
      expect(parking.next(state, all, 3, first, 3, nothing)).toBe(second);
    }
    expect(held / 2_000).toBeGreaterThan(0.7);
    expect(held / 2_000).toBeLessThan(0.8);
  });
});

describe('a replay', () => {
  /** `strategy`'s run of three processes with so many steps each, and `moves` followed in the same surroundings. */
  const run = (strategy: Strategy, seed: number, steps: readonly number[], moves?: Moves): Asked[] => {
    const left = [...steps];
    const total = steps.reduce((a, b) => a + b, 0);
    const asked: Asked[] = [];
    // One step at a time, since who can move follows from who has moved.
    const watching: Strategy = {
      ...strategy,
      next: (...given) => {
        const p = strategy.next(...given);
        if (p >= 0) left[p]--;
        return p;
      },
    };
    const shownSo = { processes: steps.length, seed, steps: total, luck: seed, ...(moves && { moves }) };
    asked.push(...play(watching, shownSo, () => left.flatMap((n, p) => (n > 0 ? [p] : []))));
    return asked;
  };
  const steps = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });

  it.each([replay, lenientReplay])(
    'follows what any strategy has done, choices included: $name',
    (follower) => {
      fc.assert(
        fc.property(fc.constantFrom(...unprescribed), fc.integer(), steps, (strategy, seed, each) => {
          const original = run(strategy, seed, each);
          expect(original).toHaveLength(each.reduce((a, b) => a + b, 0));
          const again = run(follower, seed, each, compact(taken(original)));
          expect(again).toEqual(original);
        }),
      );
    },
  );
  it('that is strict refuses a process that cannot move, a choice that nobody asked for, and one left out', () => {
    const all = new Int32Array([0, 1]);
    const state = begun(replay, {
      processes: 2,
      seed: 0,
      steps: 0,
      luck: 0,
      moves: [take(1, 2), take(0, 1)],
    });
    expect(replay.next(state, all, 2, -1, 0, nothing)).toBe(1);
    expect(replay.next(state, new Int32Array([0]), 1, -1, 1, nothing)).toBe(-1);

    prescribe(state, [choice(1), take(0, 1)]);
    replay.begin(state, { processes: 2, seed: 0, length: 0 });
    prescribe(state, [choice(1), take(0, 1)]);
    expect(replay.next(state, all, 2, -1, 0, nothing)).toBe(-1);

    replay.begin(state, { processes: 2, seed: 0, length: 0 });
    prescribe(state, [take(0, 2)]);
    expect(replay.next(state, all, 2, -1, 0, nothing)).toBe(0);
    expect(replay.choose(state, 2)).toBe(-1);

    replay.begin(state, { processes: 2, seed: 0, length: 0 });
    prescribe(state, [take(0, 1), choice(2)]);
    expect(replay.next(state, all, 2, -1, 0, nothing)).toBe(0);
    expect(replay.choose(state, 2), 'there are only two ways').toBe(-1);
  });
  it('that is lenient gives way to the next entry where a process cannot move', () => {
    const state = begun(lenientReplay, {
      processes: 3,
      seed: 0,
      steps: 0,
      luck: 0,
      moves: [take(1, 5), take(2, 1)],
    });
    const able = new Int32Array([0, 2]);
    expect(lenientReplay.next(state, able, 2, -1, 0, nothing)).toBe(2);
  });
  it.each([replay, lenientReplay])(
    'lets whoever moves go on behind its last entry, then the first who can: $name',
    (follower) => {
      const state = begun(follower, { processes: 3, seed: 0, steps: 0, luck: 0, moves: [take(1, 1)] });
      const all = new Int32Array([0, 1, 2]);
      expect(follower.next(state, all, 3, -1, 0, nothing)).toBe(1);
      expect(follower.next(state, all, 3, 1, 1, nothing)).toBe(1);
      expect(follower.next(state, new Int32Array([0, 2]), 2, -1, 2, nothing)).toBe(0);
      expect(follower.choose(state, 4)).toBe(0);
    },
  );
  it('has an end: a schedule that does not fit in the control block is refused', () => {
    const state = new Int32Array(PRESCRIBED + 10);
    expect(() => prescribe(state, new Array<number>(11).fill(take(0, 1)))).toThrow('at most 10 fit');
  });
});
