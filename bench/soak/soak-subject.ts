import { join } from 'node:path';
import { DEFAULT_SCHEDULES } from '../../harness/hunt/plan.ts';
import type { RefereeProcess } from '../../harness/hunt/referee-process.ts';
import { home } from '../../harness/problem/catalogue.ts';
import { compile } from '../../harness/problem/compile.ts';
import type { Subject } from './subjects.ts';

/** A seed whose verdict is not the one that is known. */
export interface Deviation {
  readonly seed: number;
  /** The kind that was found, or `accepted`. */
  readonly found: string;
}

export interface Soaked extends Subject {
  readonly seeds: number;
  /** Runs that were played in all. */
  readonly schedules: number;
  readonly seconds: number;
  /** Every seed that differs, in ascending order. */
  readonly deviations: readonly Deviation[];
  /** Seeds under which a broken solution was accepted. */
  readonly missed: number;
  /** Missed seeds that were hunted once more, with the default budget, and those that it missed as well. */
  readonly again: { readonly seeds: number; readonly missed: readonly number[] };
}

/** Missed seeds that are hunted once more, at most: a solution that is missed often would take for ever. */
const AGAIN = 20;

/** Hunts `subject` with the seeds 1 to `seeds`, side by side on all `referees`. */
export async function soakSubject(
  referees: readonly RefereeProcess[],
  subject: Subject,
  seeds: number,
  schedules: number,
): Promise<Soaked> {
  const { slug, file, declared } = subject;
  const { code, twin } = await compile(join(home, file));
  const began = performance.now();
  await Promise.all(
    referees.map((r) => r.call('open', slug, code, 2, typeof twin === 'string' ? twin : undefined)),
  );
  let played = 0;

  /** The seeds of `list` that differ, by what was found. */
  const differing = async (list: readonly number[], budget: number): Promise<Deviation[]> => {
    const deviations: Deviation[] = [];
    let next = 0;
    await Promise.all(
      referees.map(async (referee) => {
        while (next < list.length) {
          const seed = list[next++];
          const verdict = await referee.call('verdict', seed, budget);
          played += verdict.schedules;
          const right =
            verdict.kind === undefined
              ? declared.length === 0
              : (declared as readonly string[]).includes(verdict.kind);
          if (!right) deviations.push({ seed, found: verdict.kind ?? 'accepted' });
        }
      }),
    );
    return deviations.sort((a, b) => a.seed - b.seed);
  };

  const all = Array.from({ length: seeds }, (_, i) => i + 1);
  const deviations = await differing(all, schedules);
  const missed = declared.length === 0 ? [] : deviations.filter((d) => d.found === 'accepted');
  const again = missed.slice(0, AGAIN).map((d) => d.seed);
  const stillMissed = schedules < DEFAULT_SCHEDULES ? await differing(again, DEFAULT_SCHEDULES) : [];
  return {
    ...subject,
    seeds,
    schedules: played,
    seconds: (performance.now() - began) / 1e3,
    deviations,
    missed: missed.length,
    again: { seeds: again.length, missed: stillMissed.map((d) => d.seed) },
  };
}
