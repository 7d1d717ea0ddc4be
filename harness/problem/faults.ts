// What may go wrong with processes and wake-ups in a problem that asks for it.
import type { AnyProblem, Case } from './problem.ts';

/** What may happen to processes in controlled runs of the problem. */
export interface FaultModel<C, R extends string = string> {
  /** Processes that are killed in a controlled run at most. Default 0. */
  readonly kills?: number | ((c: C) => number);
  /** The roles whose processes may be killed. Default: all. */
  readonly roles?: readonly R[];
  /** Spurious wake-ups of each condition in a run at most (pthread_cond_wait(3p)). Default 0. */
  readonly spurious?: number;
}

/** Who may be killed in a case: so many kills, and for each process whether it may be killed. */
export interface CaseFaults {
  readonly kills: number;
  readonly mortal: readonly boolean[];
}

/** Who may be killed in the case `c` of `problem`; undefined where nobody may. */
export function faultsOf({ faults, roles }: AnyProblem, c: Case): CaseFaults | undefined {
  if (faults?.kills === undefined) return undefined;
  const kills = typeof faults.kills === 'number' ? faults.kills : faults.kills(c);
  if (kills <= 0) return undefined;
  const mortal = Object.entries(roles).flatMap(([name, count]) =>
    new Array<boolean>(count(c)).fill(faults.roles?.includes(name) ?? true),
  );
  return { kills, mortal };
}
