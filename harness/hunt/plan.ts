// Which cases are hunted, and how many schedules each gets. Small cases come first and get the most: nearly every
// bug shows in a small one, runs are short there, and what is found needs no shrinking.
import fc from 'fast-check';
import { casesOf, processesOf } from '../problem/case.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import type { Item } from './hunt.ts';

/** Cases that are always hunted: the smallest ones. */
const SMALLEST = 6;
/** Cases drawn from all others, besides those with one parameter at its largest. */
const DRAWN = 4;
/** Processes beyond which a case is not hunted by default: a run of it costs too much for what it adds. */
const CROWD = 8;

/** The cases of a hunt: the smallest, those at the edges of the parameters, and some drawn by the seed. */
export function casesToHunt(problem: AnyProblem, seed: number): Case[] {
  const all = casesOf(problem).filter((c) => processesOf(problem, c) <= CROWD);
  const chosen = new Set(all.slice(0, SMALLEST));
  const smallest = all[0];
  // For each parameter: two, and as much as there is, everything else small; this is where its bugs are.
  for (const name of Object.keys(problem.parameters)) {
    const only = all.filter((c) => Object.keys(c).every((k) => k === name || c[k] <= smallest[k] + 1));
    const most = only.at(-1);
    if (most) chosen.add(most);
    const two = all.find((c) => c[name] > smallest[name]);
    if (two) chosen.add(two);
  }
  // For each witness: the first two cases in which it must be possible.
  for (const { given } of Object.values(problem.specification.witnesses ?? {})) {
    for (const c of all.filter((candidate) => given?.(candidate) ?? true).slice(0, 2)) chosen.add(c);
  }
  // Two of everything, as far as that makes sense: where two producers meet two consumers.
  const pairs = all.find((c) => Object.keys(c).every((k) => c[k] >= Math.min(2, problem.parameters[k].most)));
  if (pairs) chosen.add(pairs);
  const rest = all.filter((c) => !chosen.has(c));
  if (rest.length > 0) {
    for (const c of fc.sample(fc.constantFrom(...rest), { numRuns: DRAWN, seed })) chosen.add(c);
  }
  return all.filter((c) => chosen.has(c));
}

/** Controlled runs of a check, where nothing else is asked for. */
export const DEFAULT_SCHEDULES = 12_000;
/** Schedules of an item, at most: a team reports back after each. */
const BATCH = 400;

/** The items of a hunt, in the order in which they count: a finding of an earlier one goes before. */
export function itemsOf(
  problem: AnyProblem,
  cases: readonly Case[],
  schedules: number,
  seed: number,
): Item[] {
  const weights = cases.map((c) => 1 / processesOf(problem, c));
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
  for (let size = Math.max(8, Math.ceil(schedules / cases.length / 16)); ; size = Math.min(BATCH, size * 2)) {
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
