// One item of the hunt: so many schedules of one case, and what came of them.
import type { Finding } from '../check/finding.ts';
import type { Case } from '../problem/problem.ts';
import type { Failure } from './failure.ts';

/** So many schedules of a case. */
export interface Item {
  readonly case: Case;
  readonly schedules: number;
  /** Schedules that processes play where there is no model; they are slower. Default: all. */
  readonly alone?: number;
  readonly seed: number;
  /** Runs that a proof may take: then every run of the case is played, and `schedules` are not. */
  readonly prove?: number;
  /** `all` hunts for bugs; `parking` looks for witnesses. Default `all`. */
  readonly strategies?: 'all' | 'parking';
  /** A witness that is asked for: the item ends where it is reached. */
  readonly until?: string;
  /** Whether a failing schedule is shrunk. Default true. */
  readonly shrink?: boolean;
  /** Only this finding counts: where smaller cases are searched for one that is known. */
  readonly key?: string;
}

export interface ItemResult {
  readonly schedules: number;
  readonly steps: number;
  /** Digests of the traces, blind to the order of independent steps. */
  readonly traces: readonly number[];
  /** Witnesses that were reached in this case so far. */
  readonly seen: readonly string[];
  readonly wanted: readonly string[];
  /** Of the schedules, those that the model has played. Default: none. */
  readonly modelled?: number;
  /**
   * What came of playing every run: so many traces, of which share of the whole (1: all of it; else a guess); and
   * states, where going over these has made the proof.
   */
  readonly proof?: { readonly traces: number; readonly part: number; readonly states?: number };
  readonly failure?: Failure;
  readonly strategy?: string;
  /** The first run with a data race and no damage. It does not end the item: damage says more. */
  readonly race?: { readonly failure: Failure; readonly strategy: string };
  /** A finding that cannot be replayed by a schedule: the process dies. */
  readonly finding?: Finding;
}
