import type { CaseOf } from './parameter.ts';
import type { Problem } from './problem.ts';

type Me<M, K extends keyof M> = M[K] extends (...args: never[]) => infer T ? T : never;

/** What a solution says: what the processes share, and what each role does. */
export type SolutionOf<P, S> =
  P extends Problem<infer Q, infer R, infer M>
    ? {
        /** Creates what the processes share. Evaluated by every process at the start of every run. */
        share: (c: CaseOf<Q>) => S;
      } & { [K in R]: (shared: NoInfer<S>, me: Me<M, K & keyof M>) => void }
    : never;

/** A solution of a problem, as the lab loads it. */
export interface Solution {
  readonly problem: string;
  readonly share: (c: Readonly<Record<string, number>>) => unknown;
  readonly roles: Readonly<Record<string, unknown>>;
}

/** Solves `problem`: `share` creates the shared objects, and one function for each role plays it. */
export function solve<P extends { readonly id: string }, S>(
  problem: P,
  solution: SolutionOf<P, S>,
): Solution {
  const { share, ...roles } = solution as unknown as { share: Solution['share'] } & Record<string, unknown>;
  return { problem: problem?.id, share, roles };
}
