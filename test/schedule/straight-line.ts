// Programs without a branch, played by a strategy alone: what it comes to is one interleaving, and how often each
// comes up can be compared with what the strategy promises.
import { profileOf } from '../../harness/schedule/profile.ts';
import type { Strategy } from '../../harness/schedule/strategy.ts';
import { begun } from './stage.ts';

export interface Step {
  /** The shared object; -1 for none. */
  readonly object: number;
  readonly does: 'read' | 'write' | 'lock' | 'unlock';
}

export const own: Step = { object: -1, does: 'write' };
export const write = (object: number): Step => ({ object, does: 'write' });
export const read = (object: number): Step => ({ object, does: 'read' });
export const lock = (object: number): Step => ({ object, does: 'lock' });
export const unlock = (object: number): Step => ({ object, does: 'unlock' });

export type Program = readonly Step[];

/** What a pilot run would tell; here one process after the other. */
function pilot(programs: readonly Program[], roles?: readonly number[]) {
  const all = programs.flatMap((steps, process) => steps.map((step) => ({ ...step, process })));
  return profileOf(
    {
      processes: programs.length,
      steps: all.length,
      process: (n) => all[n].process,
      object: (n) => all[n].object,
      index: () => 0,
      writes: (n) => all[n].does !== 'read',
      synchronises: (n) => all[n].does === 'lock',
    },
    roles,
  );
}

export interface Taken {
  readonly process: number;
  readonly step: Step;
}

/** One run, as far as it comes: nobody can move where all wait for locks. */
export function run(
  strategy: Strategy,
  programs: readonly Program[],
  seed: number,
  roles?: readonly number[],
): Taken[] {
  const processes = programs.length;
  const state = begun(strategy, { processes, seed, steps: 0, luck: 0, profile: pilot(programs, roles) });
  const at = programs.map(() => 0);
  const held = new Set<number>();
  const next = (p: number): Step | undefined => programs[p][at[p]];
  const enabled = new Int32Array(processes);
  const taken: Taken[] = [];
  let current = -1;
  for (;;) {
    let count = 0;
    for (let p = 0; p < processes; p++) {
      const step = next(p);
      if (step && !(step.does === 'lock' && held.has(step.object))) enabled[count++] = p;
    }
    if (count === 0) return taken;
    const going = enabled.subarray(0, count).includes(current) ? current : -1;
    const p = strategy.next(state, enabled, count, going, taken.length, {
      object: (q) => (next(q) as Step).object,
      index: () => 0,
      writes: (q) => (next(q) as Step).does !== 'read',
      synchronises: (q) => (next(q) as Step).does === 'lock',
    });
    const step = next(p) as Step;
    if (step.does === 'lock') held.add(step.object);
    if (step.does === 'unlock') held.delete(step.object);
    taken.push({ process: p, step });
    at[p]++;
    current = p;
  }
}

/** The order in which processes moved, as letters; only steps about `object`, where one is given. */
export const order = (taken: readonly Taken[], object?: number): string =>
  taken
    .filter(({ step }) => object === undefined || step.object === object)
    .map(({ process }) => String.fromCharCode(97 + process))
    .join('');

/** How often each order comes up under the seeds from 0 to `runs` - 1. */
export function tally(
  strategy: Strategy,
  programs: readonly Program[],
  runs: number,
  object?: number,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < runs; seed++) {
    const key = order(run(strategy, programs, seed), object);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/**
 * Pearson's chi-square of `counts` against `expected` probabilities, divided by the value that is exceeded by chance
 * once in a thousand (Wilson–Hilferty). Above 1 the two do not agree.
 */
export function disagreement(
  counts: ReadonlyMap<string, number>,
  expected: ReadonlyMap<string, number>,
): number {
  const runs = [...counts.values()].reduce((a, b) => a + b, 0);
  for (const key of counts.keys()) if (!expected.has(key)) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const [key, probability] of expected) {
    sum += ((counts.get(key) ?? 0) - runs * probability) ** 2 / (runs * probability);
  }
  const freedom = expected.size - 1;
  const critical = freedom * (1 - 2 / (9 * freedom) + 3.0902 * Math.sqrt(2 / (9 * freedom))) ** 3;
  return sum / critical;
}

/** All orders of so many steps of each process, equally likely. */
export function evenly(steps: readonly number[]): Map<string, number> {
  const orders = (left: readonly number[]): string[] =>
    left.every((n) => n === 0)
      ? ['']
      : left.flatMap((n, p) =>
          n === 0
            ? []
            : orders(left.map((m, q) => (q === p ? m - 1 : m))).map(
                (rest) => String.fromCharCode(97 + p) + rest,
              ),
        );
  const all = orders(steps);
  return new Map(all.map((order) => [order, 1 / all.length]));
}

/** All orders, as likely as a walk makes them in which each process that can move is equally likely at each step. */
export function asWalked(steps: readonly number[]): Map<string, number> {
  return new Map(
    [...evenly(steps).keys()].map((order) => {
      const left = [...steps];
      let probability = 1;
      for (const letter of order) {
        probability /= left.filter((n) => n > 0).length;
        left[letter.charCodeAt(0) - 97]--;
      }
      return [order, probability];
    }),
  );
}
