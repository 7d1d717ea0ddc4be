// A long run is shown by its beginning, its end, and what lies around each preemptive switch: there the story is.
import type { TraceStep } from '../check/finding.ts';

/** Steps that are not shown. */
export interface Gap {
  readonly folded: readonly TraceStep[];
}

/** How many steps at the beginning and at the end are always shown. */
export interface Ends {
  readonly first: number;
  readonly last: number;
}

/** Of a finding: what fits on a screen. */
export const brief: Ends = { first: 5, last: 30 };
/** Of a replay: whole, unless a process went on for ever. */
export const full: Ends = { first: 1000, last: 1000 };

/** A run that is longer than its ends by no more than this is shown whole. */
const SPARE = 13;
/** Preemptive switches that are kept in the middle, the latest ones. */
const SWITCHES = 6;
const BEFORE = 2;
const AFTER = 1;
/** A gap shorter than this takes as many lines as it saves. */
const LEAST_GAP = 3;

/** The steps worth showing, with gaps for the others. Steps and gaps together are the trace, in order. */
export function fold(
  trace: readonly TraceStep[],
  { first, last }: Ends = brief,
): readonly (TraceStep | Gap)[] {
  if (trace.length <= first + last + SPARE) return trace;
  const shown = trace.map((_, i) => i < first || i >= trace.length - last);
  const switches = trace.flatMap((step, i) => (step.preempts ? [i] : []));
  for (const i of switches.slice(-SWITCHES)) shown.fill(true, Math.max(0, i - BEFORE), i + AFTER + 1);

  const out: (TraceStep | Gap)[] = [];
  for (let i = 0; i < trace.length; ) {
    if (shown[i]) {
      out.push(trace[i++]);
      continue;
    }
    const next = shown.indexOf(true, i);
    const folded = trace.slice(i, next);
    out.push(...(folded.length < LEAST_GAP ? folded : [{ folded }]));
    i = next;
  }
  return out;
}
