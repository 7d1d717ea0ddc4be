import type { Kind } from '../check/finding.ts';
import { huntControlled } from './controlled.ts';
import { hunt } from './hunt.ts';
import type { Session } from './session.ts';

/** What the controlled runs of one seed came to. */
export interface SeedVerdict {
  /** The kind that was found; undefined where the solution was accepted. */
  readonly kind: Kind | undefined;
  /** Runs that were played. */
  readonly schedules: number;
}

/**
 * Hunts with one seed, as a check does, on one team that has loaded the solution, and without shrinking. No seed profits
 * from what an earlier one has seen.
 */
export async function seedVerdict(session: Session, seed: number, schedules: number): Promise<SeedVerdict> {
  session.forget();
  let played = 0;
  const { found, finding } = await huntControlled(
    [{ hunt: (item) => hunt(session, item) }],
    session.problem,
    {
      schedules,
      seed,
      shrink: false,
      onItem: (result) => {
        played += result.schedules;
      },
      enough: () => false,
    },
  );
  const { result } = found ?? {};
  const kind = finding?.kind ?? result?.finding?.kind ?? result?.failure?.key.split('|')[0];
  return { kind: kind as Kind | undefined, schedules: played };
}
