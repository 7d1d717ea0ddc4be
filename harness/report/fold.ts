// A long run is shown by its beginning, its end, and what lies around each preemptive switch: there the story is.
import type { TraceStep } from '../check/finding.ts';

/** Steps that are not shown. */
export interface Gap {
  readonly folded: readonly TraceStep[];
}

/** Shorter runs are shown whole. */
const WHOLE = 48;
const FIRST = 5;
const LAST = 30;
/** Preemptive switches that are kept in the middle, the latest ones. */
const SWITCHES = 6;
const BEFORE = 2;
const AFTER = 1;
/** A gap shorter than this takes as many lines as it saves. */
const LEAST_GAP = 3;

/** The steps worth showing, with gaps for the others. Steps and gaps together are the trace, in order. */
export function fold(trace: readonly TraceStep[]): readonly (TraceStep | Gap)[] {
  if (trace.length <= WHOLE) return trace;
  const shown = trace.map((_, i) => i < FIRST || i >= trace.length - LAST);
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
