// Which cases are hunted, and how many schedules each gets. Small cases come first and get the most: nearly every
// bug shows in a small one, runs are short there, and what is found needs no shrinking.
import fc from 'fast-check';
import { casesOf, processesOf } from '../problem/case.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import type { Item } from './item.ts';

/** Processes beyond which a case is not hunted by default: a run of it costs too much for what it adds. */
const CROWD = 8;
/** Where there are no more cases than this, none is left out. */
const FEW = 30;
/** Cases drawn by the seed, besides all others. */
const DRAWN = 3;

/** A case of a hunt. */
export interface Hunted {
  readonly case: Case;
  /** Whether it belongs to the thorough part; the others get a glance. */
  readonly thorough: boolean;
}

/**
 * The cases of a hunt, smallest first. Thoroughly: all combinations of the least and the next value of every
 * parameter, and the first cases in which a witness must be possible; nearly every bug shows there. At a glance:
 * cases that bring every two values of two parameters together at least once (a covering array of strength two, as
 * in Cohen et al., "The AETG system", IEEE TSE 23(7), 1997), and some drawn by the seed: what is wrong at one value
 * only shows as soon as that value is played. What takes three values together may be missed so: few cases are all hunted.
 */
export function casesToHunt(problem: AnyProblem, seed: number): Hunted[] {
  const fixed = known.get(problem) ?? fixedCases(problem);
  known.set(problem, fixed);
  const { all, thorough } = fixed;
  const glance = new Set(fixed.glance);
  const rest = all.filter((c) => !thorough.has(c) && !glance.has(c));
  if (rest.length > 0) {
    for (const c of fc.sample(fc.constantFrom(...rest), { numRuns: DRAWN, seed })) glance.add(c);
  }
  return all
    .filter((c) => thorough.has(c) || glance.has(c))
    .map((c) => ({ case: c, thorough: thorough.has(c) }));
}

interface FixedCases {
  readonly all: readonly Case[];
  readonly thorough: ReadonlySet<Case>;
  readonly glance: readonly Case[];
}

const known = new WeakMap<AnyProblem, FixedCases>();

/** The cases that no seed draws. */
function fixedCases(problem: AnyProblem): FixedCases {
  const all = casesOf(problem).filter((c) => processesOf(problem, c) <= CROWD);
  const thorough = new Set(
    all.filter((c) => Object.entries(problem.parameters).every(([k, { least }]) => c[k] <= least + 1)),
  );
  for (const { given } of Object.values(problem.specification.witnesses ?? {})) {
    for (const c of all.filter((candidate) => given?.(candidate) ?? true).slice(0, 2)) thorough.add(c);
  }
  return { all, thorough, glance: all.length <= FEW ? all : covering(all, thorough) };
}

/** The pairs of values that a case brings together. */
function pairsOf(c: Case): string[] {
  const values = Object.entries(c).map(([k, v]) => `${k}${v}`);
  if (values.length === 1) return values;
  return values.flatMap((a, i) => values.slice(i + 1).map((b) => `${a} ${b}`));
}

/** Cases that, with `chosen`, cover all pairs that `all` offers; greedy, small cases first among equals. */
function covering(all: readonly Case[], chosen: ReadonlySet<Case>): Case[] {
  const missing = new Set(all.flatMap(pairsOf));
  for (const c of chosen) for (const pair of pairsOf(c)) missing.delete(pair);
  const out: Case[] = [];
  while (missing.size > 0) {
    let best = all[0];
    let most = 0;
    for (const c of all) {
      const covers = pairsOf(c).filter((pair) => missing.has(pair)).length;
      if (covers > most) {
        most = covers;
        best = c;
      }
    }
    for (const pair of pairsOf(best)) missing.delete(pair);
    out.push(best);
  }
  return out;
}

/** Weight of a case that gets a glance. */
const GLANCE = 0.15;
/** Controlled runs of a check, where nothing else is asked for. */
export const DEFAULT_SCHEDULES = 48_000;
/** Schedules of an item, at most: a team reports back after each. */
const BATCH = 400;
/** And at least: going over to another case costs as much as a few schedules. */
const LEAST = 16;

/** The items of a hunt, in the order in which they count: a finding of an earlier one goes before. */
export function itemsOf(
  problem: AnyProblem,
  hunted: readonly Hunted[],
  schedules: number,
  seed: number,
): Item[] {
  const cases = hunted.map((h) => h.case);
  const weights = hunted.map((h) => (h.thorough ? 1 : GLANCE) / processesOf(problem, h.case));
  const total = weights.reduce((a, b) => a + b, 0);
  const shares = weights.map((w) => Math.max(1, Math.floor((schedules * w) / total)));
  // What rounding left over goes to the smallest cases; what it took too much comes off the largest.
  let left = schedules - shares.reduce((a, b) => a + b, 0);
  for (let i = 0; left > 0; i = (i + 1) % shares.length, left--) shares[i]++;
  for (let i = shares.length - 1; left < 0 && i >= 0; i--) {
    const off = Math.min(shares[i], -left);
    shares[i] -= off;
    left += off;
  }
  const items: Item[] = [];
  const done = shares.map(() => 0);
  // Rounds: a little of every case, then more and more.
  for (
    let size = Math.max(LEAST, Math.ceil(schedules / cases.length / 16));
    ;
    size = Math.min(BATCH, size * 2)
  ) {
    let any = false;
    for (const [i, c] of cases.entries()) {
      const n = Math.min(size, shares[i] - done[i]);
      if (n <= 0) continue;
      any = true;
      items.push({ case: c, schedules: n, seed: mixed(seed, items.length) });
      done[i] += n;
    }
    if (!any) return items;
  }
}

const mixed = (seed: number, n: number): number =>
  (Math.imul(seed, 0x9e3779b1) + Math.imul(n + 1, 0x85ebca6b)) | 0;
