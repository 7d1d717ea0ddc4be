import type { AnyProblem } from '../problem/problem.ts';

/** The sentences of a specification, as findings quote them. */
export interface Sentences {
  /** What must hold at an event, or of all calls together. */
  readonly rules: readonly string[];
  /** What must hold when every process has ended. */
  readonly ends: readonly string[];
  /** What some schedule must be able to reach. */
  readonly witnesses: readonly string[];
}

/** The sentences of a problem's specification, each once. */
export function sentencesOf({ specification }: Pick<AnyProblem, 'specification'>): Sentences {
  const { events, ends, witnesses, linearizable } = specification;
  return {
    rules: [
      ...new Set([
        ...Object.values(events).flatMap((event) => Object.keys(event.rules ?? {})),
        ...(linearizable ? [linearizable.rule] : []),
      ]),
    ],
    ends: Object.keys(ends ?? {}),
    witnesses: Object.keys(witnesses ?? {}),
  };
}
