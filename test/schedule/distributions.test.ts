// How often each strategy comes to each interleaving, against what its paper proves. Seeds are fixed, so a test says
// the same every time; each has a subject beside it that breaks the promise.
import { describe, expect, it } from 'vitest';
import { delayBounding } from '../../harness/schedule/delay-bounding.ts';
import { pct } from '../../harness/schedule/pct.ts';
import { pos } from '../../harness/schedule/pos.ts';
import { roleWalk } from '../../harness/schedule/role-walk.ts';
import type { Strategy } from '../../harness/schedule/strategy.ts';
import { surw } from '../../harness/schedule/surw.ts';
import { syncRoleWalk, syncUrw } from '../../harness/schedule/sync-points.ts';
import { uniform } from '../../harness/schedule/uniform.ts';
import { urw } from '../../harness/schedule/urw.ts';
import { nothing } from './stage.ts';
import {
  asWalked,
  disagreement,
  evenly,
  lock,
  order,
  own,
  type Program,
  read,
  run,
  tally,
  unlock,
  write,
} from './straight-line.ts';

const times = (n: number, step = own): Program => new Array(n).fill(step);
const RUNS = 6_000;

describe('URW', () => {
  it.each([[[2, 3]], [[1, 1, 2]], [[3, 3]], [[1, 5]]])(
    'makes every interleaving of %j steps equally likely',
    (steps) => {
      const programs = steps.map((n) => times(n));
      expect(disagreement(tally(urw, programs, RUNS), evenly(steps))).toBeLessThan(1);
      expect(disagreement(tally(uniform, programs, RUNS), evenly(steps)), 'a plain walk').toBeGreaterThan(1);
      expect(disagreement(tally(uniform, programs, RUNS), asWalked(steps)), 'the arithmetic').toBeLessThan(1);
    },
  );
  it('is a plain walk where it knows nothing', () => {
    const blind: Strategy = { ...urw, begin: (s, { profile: _, ...rest }) => urw.begin(s, rest) };
    expect(disagreement(tally(blind, [times(2), times(3)], RUNS), asWalked([2, 3]))).toBeLessThan(1);
  });
});

describe('SURW', () => {
  // Each process has steps of its own between those that matter; they would spoil the shares.
  const programs: Program[] = [
    [...times(5), write(7), write(7)],
    [write(7), ...times(2), write(7), own],
    [own, read(7)],
  ];
  it('interleaves the accesses to the contended object uniformly, whatever lies between them', () => {
    expect(disagreement(tally(surw, programs, RUNS, 7), evenly([2, 2, 1]))).toBeLessThan(1);
    expect(disagreement(tally(urw, programs, RUNS, 7), evenly([2, 2, 1])), 'URW').toBeGreaterThan(1);
  });
  it('takes each contended object in its turn, as often as it was accessed', () => {
    // Whichever object was drawn, who comes first there is decided evenly; at the other one process is slower.
    const two: Program[] = [
      [...times(6), write(1), write(2)],
      [write(1), ...times(6), write(2)],
    ];
    const firsts = [1, 2].map((object) => {
      let first = 0;
      for (let seed = 0; seed < RUNS; seed++) if (order(run(surw, two, seed), object)[0] === 'a') first++;
      return first / RUNS;
    });
    // Half of the runs draw object 1: there a is first in half of them, else nearly never.
    expect(firsts[0]).toBeGreaterThan(0.25);
    expect(firsts[0]).toBeLessThan(0.35);
  });
  it('goes on where the intended process waits for a lock that one who is held back has', () => {
    const locked = (inner: Program): Program => [lock(3), ...inner, unlock(3)];
    const three = [locked([write(7)]), locked([write(7)]), locked([write(7)])];
    for (let seed = 0; seed < 500; seed++) expect(run(surw, three, seed)).toHaveLength(9);
    expect(tally(surw, three, 500, 7).size, 'all six orders').toBe(6);
  });
  it('goes on where the profile promised more accesses than there are', () => {
    const boasting: Strategy = {
      ...surw,
      begin: (s, shape) =>
        surw.begin(s, {
          ...shape,
          profile: {
            length: 3,
            steps: [1, 1, 1],
            pieces: [1, 1, 1],
            contended: [{ object: 7, index: 0, by: [90, 1, 1], accesses: 92 }],
          },
        }),
    };
    for (let seed = 0; seed < 200; seed++) {
      expect(run(boasting, [[own, own, own], [write(7)], [write(7)]], seed)).toHaveLength(5);
    }
  });
});

describe('POS', () => {
  it.each([0, 1, 4, 8])(
    'lets a come first with probability 1/(n+2) though it has n = %d steps more to go',
    (n) => {
      // A walk needs n + 1 coins to fall the same way; POS needs b's one priority to be the lowest of n + 2.
      const programs = [[...times(n), write(7)], [write(7)]];
      const first = (strategy: Strategy): number => {
        let hits = 0;
        for (let seed = 0; seed < RUNS; seed++) {
          if (order(run(strategy, programs, seed), 7) === 'ab') hits++;
        }
        return hits / RUNS;
      };
      expect(Math.abs(first(pos) - 1 / (n + 2))).toBeLessThan(0.02);
      expect(Math.abs(first(uniform) - 2 ** -(n + 1)), 'the arithmetic').toBeLessThan(0.02);
    },
  );
  it('draws the order of racing steps anew each time they meet', () => {
    const programs = [times(2, write(7)), times(2, write(7))];
    expect(disagreement(tally(pos, programs, RUNS), asWalked([2, 2]))).toBeLessThan(1);
    // Priorities that nobody refreshes leave whoever lost once behind: aabb comes up in 1/3 instead of 1/4.
    const stubborn: Strategy = { ...pos, next: (s, e, n, c, step) => pos.next(s, e, n, c, step, nothing) };
    expect(disagreement(tally(stubborn, programs, RUNS), asWalked([2, 2]))).toBeGreaterThan(1);
  });
  it('takes two reads for no race, nor accesses to two objects', () => {
    const stubborn: Strategy = { ...pos, next: (s, e, n, c, step) => pos.next(s, e, n, c, step, nothing) };
    for (const programs of [
      [times(3, read(7)), times(3, read(7))],
      [times(3, write(7)), times(3, write(8))],
    ]) {
      for (let seed = 0; seed < 200; seed++) {
        expect(run(pos, programs, seed)).toEqual(run(stubborn, programs, seed));
      }
    }
  });
});

describe('PCT', () => {
  it('finds every bug of depth two with the probability that it promises', () => {
    // b's only step must come between two given steps of a: depth two, wherever the place is.
    const k = 9;
    // One run in four has that depth; in deeper ones a further change may undo the first.
    const counts = tally(pct, [times(k - 1), times(1)], RUNS);
    expect(counts.size, 'b at each of the nine places').toBe(k);
    for (const n of counts.values()) expect(n).toBeGreaterThan(RUNS / 4 / (2 * k));
  });
  it('lets either of two that dropped stay above the other', () => {
    // Depth three: a drops, then b, c ends. Both orders of what is left must come up.
    const counts = tally(pct, [times(2), times(2), times(2)], 40_000);
    const [later, earlier] = [counts.get('abccba') ?? 0, counts.get('abccab') ?? 0];
    expect(later).toBeGreaterThan(40_000 / (4 * 6 * 36) / 2);
    expect(earlier).toBeGreaterThan(40_000 / (4 * 6 * 36) / 2);
  });
  it('takes the length of runs from the profile', () => {
    const lengths = (profiled: boolean): number => {
      const blind: Strategy = { ...pct, begin: (s, { profile: _, ...rest }) => pct.begin(s, rest) };
      return tally(profiled ? pct : blind, [times(3), times(3)], 2_000).get('aaabbb') ?? 0;
    };
    // Without it nearly all change points fall behind the end of so short a run.
    expect(lengths(true)).toBeLessThan(lengths(false) * 0.8);
  });
});

describe('delay bounding', () => {
  it('comes to every schedule of few delays as often as it promises', () => {
    // d delays, drawn from 0 to 4; two orders of the processes; four steps.
    const counts = tally(delayBounding, [times(2), times(2)], RUNS);
    const least = { aabb: 1 / 10, abba: 1 / (10 * 4), abab: 2 / (10 * 16) };
    for (const [order, probability] of Object.entries(least)) {
      expect(counts.get(order) ?? 0, order).toBeGreaterThan(RUNS * probability * 0.9);
    }
  });
  it('never preempts more often than it has delays', () => {
    const preemptions = (strategy: Strategy, seed: number): number =>
      (order(run(strategy, [times(12), times(12), times(12)], seed)).match(/(.)(?!\1|$)/g) ?? []).length - 2;
    const most = (strategy: Strategy): number =>
      Math.max(...Array.from({ length: 500 }, (_, seed) => preemptions(strategy, seed)));
    // The two ends of processes are no preemptions; one who comes back to what was left behind is none either.
    expect(most(delayBounding)).toBeLessThanOrEqual(2 * 4);
    expect(most(uniform)).toBeGreaterThan(2 * 4);
  });
});

describe('strategies at synchronisation points', () => {
  const section = (object: number): Program => [lock(object), write(9), write(9), unlock(object)];
  it('switch nowhere else, as long as the process can go on', () => {
    const programs = [section(1), [...section(2), ...section(3)], [own, own, own]];
    const pieces = (strategy: Strategy, seed: number): boolean =>
      run(strategy, programs, seed).every(
        ({ process, step }, i, all) =>
          step.does === 'lock' ||
          all.slice(0, i).every((t) => t.process !== process) ||
          all[i - 1].process === process,
      );
    const seeds = Array.from({ length: 300 }, (_, seed) => seed);
    for (const strategy of [syncUrw, syncRoleWalk]) {
      expect(seeds.every((seed) => pieces(strategy, seed))).toBe(true);
    }
    expect(seeds.every((seed) => pieces(urw, seed))).toBe(false);
  });
  it('interleave the pieces between them uniformly', () => {
    const programs = [
      [...section(1), ...section(2)],
      [own, ...section(3), ...section(4)],
    ];
    // Whole pieces as letters: a's two sections; what b does before its first lock, and its two sections.
    const counts = new Map<string, number>();
    for (let seed = 0; seed < RUNS; seed++) {
      const key = order(
        run(syncUrw, programs, seed).filter(({ step }) => step.does === 'lock' || step === own),
      );
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(disagreement(counts, evenly([2, 3]))).toBeLessThan(1);
    expect(disagreement(counts, asWalked([2, 3]))).toBeGreaterThan(1);
  });
});

describe('the role walk', () => {
  const programs = [...Array.from({ length: 9 }, () => times(4)), times(4)];
  const share = (roles?: readonly number[]): number => {
    let reader = 0;
    for (let seed = 0; seed < RUNS; seed++)
      if (run(roleWalk, programs, seed, roles)[0].process === 9) reader++;
    return reader / RUNS;
  };
  it('lets one of each role move equally often, however many play it', () => {
    expect(Math.abs(share([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]) - 1 / 2)).toBeLessThan(0.02);
  });
  it('is a plain walk where roles are not known, or all play the same', () => {
    expect(Math.abs(share() - 1 / 10)).toBeLessThan(0.02);
    expect(Math.abs(share(new Array(10).fill(0)) - 1 / 10)).toBeLessThan(0.02);
  });
});
