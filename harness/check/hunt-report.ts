// Schedules to the first finding, for each of many seeds: plain data that crosses process borders.
import type { Case } from '../problem/problem.ts';

/** What came of one seed. What does not apply is null. */
export interface SeedResult {
  readonly seed: number;
  /** Schedules to the first finding, with the one that shows it; all that were played where there is none. */
  readonly schedules: number;
  readonly kind: string | null;
  readonly rule: string | null;
  /** Of the run that shows it, as it was found: nothing is shrunk. */
  readonly steps: number | null;
  readonly switches: number | null;
  readonly schedule: string | null;
  readonly strategy: string | null;
  /** Who played: the model, with the finding confirmed by processes, or processes. */
  readonly played: 'modelled' | 'processes';
  /** Exhaustive: whether every run of the case was played, and none fails. */
  readonly proved: boolean;
}

/** What `lab hunt` shows. */
export interface HuntReport {
  readonly case: Case;
  readonly strategy: string;
  /** Schedules for each seed, at most. */
  readonly cap: number;
  readonly seeds: readonly SeedResult[];
  readonly notes: readonly string[];
}
