import { huntControlled } from '../../harness/hunt/controlled.ts';
import type { RefereeProcess } from '../../harness/hunt/referee-process.ts';
import type { AnyProblem } from '../../harness/problem/problem.ts';

/** What the controlled runs of one seed came to. */
export interface SeedVerdict {
  /** The kind that was found; undefined where the solution was accepted. */
  readonly kind: string | undefined;
  /** Runs that were played. */
  readonly schedules: number;
}

/**
 * Hunts with one seed, as a check does, on one team that has loaded the solution, and without shrinking. No seed profits
 * from what an earlier one has seen.
 */
export async function seedVerdict(
  referee: RefereeProcess,
  problem: AnyProblem,
  seed: number,
  schedules: number,
): Promise<SeedVerdict> {
  await referee.call('forget');
  let played = 0;
  const player = { hunt: (item: Parameters<typeof referee.call<'hunt'>>[1]) => referee.call('hunt', item) };
  const { found, finding } = await huntControlled([player], problem, {
    schedules,
    seed,
    shrink: false,
    onItem: (result) => {
      played += result.schedules;
    },
    enough: () => false,
  });
  const kind = finding?.kind ?? found?.result.finding?.kind ?? found?.result.failure?.key.split('|')[0];
  return { kind, schedules: played };
}
