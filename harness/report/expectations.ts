// A verdict, cut into one expectation a rule, for test runners.
import type { Finding, Kind } from '../check/finding.ts';
import type { AnyProblem } from '../problem/problem.ts';
import { sentencesOf } from './sentences.ts';

/** What a solution is expected to do. */
export interface Expectation {
  readonly title: string;
  /** Whether a finding shows that it does not. */
  readonly broken: (finding: Finding) => boolean;
  /** Whether it is only seen at full speed. */
  readonly free: boolean;
}

const own: readonly (readonly [string, readonly Kind[]])[] = [
  ['does not deadlock', ['deadlock']],
  ['has no data race', ['race']],
  ['lets everyone get on', ['starvation', 'livelock', 'busy-waiting']],
  ['comes to an end', ['non-terminating']],
  ['uses every object by its rules', ['misuse', 'forbidden']],
  ['does not crash', ['crash']],
  ['leaves nothing held', ['left-behind']],
  ['does the same under the same schedule', ['nondeterministic']],
];

/**
 * One expectation a rule, end rule and witness of the problem, and one for each thing that no solution may do.
 * Every finding breaks exactly one of them.
 */
export function expectationsOf(problem: Pick<AnyProblem, 'specification'>): Expectation[] {
  const { rules, ends, witnesses } = sentencesOf(problem);
  const ruled = [
    ...[...new Set([...rules, ...ends])].map((rule) => ({ title: rule, rule })),
    ...witnesses
      .filter((rule) => !rules.includes(rule) && !ends.includes(rule))
      .map((rule) => ({ title: `makes possible: ${rule}`, rule })),
  ];
  const wanted: Expectation[] = [
    { title: 'works at full speed', broken: (f) => f.mode === 'free', free: true },
    ...ruled.map(({ title, rule }) => ({ title, broken: (f: Finding) => f.rule === rule, free: false })),
    ...own.map(([title, kinds]) => ({
      title,
      broken: (f: Finding) => kinds.includes(f.kind),
      free: false,
    })),
    { title: 'breaks no other rule', broken: () => true, free: false },
  ];
  // The first that fits is the one that is broken.
  const exact = wanted.map((one, i) => ({
    ...one,
    broken: (f: Finding) => one.broken(f) && !wanted.slice(0, i).some((earlier) => earlier.broken(f)),
  }));
  return [...exact.slice(1), exact[0]];
}
