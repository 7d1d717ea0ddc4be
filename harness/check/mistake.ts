import type { Finding, Misconception } from './finding.ts';

/** A pattern: what it is called and what to do, or undefined where the run does not show it. */
export type Mistake = (finding: Finding) => Misconception | undefined;
