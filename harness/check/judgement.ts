import type { Kind } from './finding.ts';

/** What is wrong with a run, before it is put into words. Cheap: thousands of runs a second are judged. */
export interface Judgement {
  readonly kind: Kind;
  /** The sentence that was broken. */
  readonly rule?: string;
  /** What the rule, the object or the system adds: `philosopher 1 was eating`. */
  readonly detail?: string;
  /** Where to look, in a sentence, where the kind alone does not say it. */
  readonly advice?: string;
  readonly process?: number;
  /** Step at which it happened, from 0; the end of the run where absent. */
  readonly step?: number;
  /** A race: the step of the other access, which came first. */
  readonly first?: number;
  readonly object?: number;
  readonly line?: number;
  readonly column?: number;
  readonly stack?: readonly string[];
}

/** Two runs show the same finding if these agree. A race is on the same data: its detail says on which. */
export const keyOf = (j: Judgement): string =>
  `${j.kind}|${j.rule ?? (j.kind === 'race' ? j.detail : undefined) ?? ''}`;
