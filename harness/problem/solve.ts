import type { CaseOf, Parameter } from './parameter.ts';

/** A solution of a problem, as the lab loads it. */
export interface Solution {
  readonly problem: string;
  readonly share: (c: Readonly<Record<string, number>>) => unknown;
  readonly roles: Readonly<Record<string, unknown>>;
}

/**
 * Solves `problem`.
 * @param solution.share creates what the processes share; every process evaluates it at the start of every run
 * @param solution for each role a function of the same name, which plays it: `philosopher(shared, me) { … }`
 */
export function solve<
  Q extends Readonly<Record<string, Parameter>>,
  M extends Readonly<Record<string, (...args: never[]) => object>>,
  S,
>(
  problem: { readonly id: string; readonly parameters: Q; readonly me: M },
  solution: { share: (c: CaseOf<Q>) => S } & {
    [K in Exclude<keyof M, 'share'>]: (shared: S, me: ReturnType<M[K]>) => void;
  },
): Solution {
  const { share, ...roles } = solution as unknown as { share: Solution['share'] } & Record<string, unknown>;
  return { problem: problem?.id, share, roles };
}
