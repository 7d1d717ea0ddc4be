// A semaphore that is to let only so many in was posted by someone who had no unit of it.
import type { Finding, TraceStep } from './finding.ts';
import type { Mistake } from './mistake.ts';

const harm = new Set<Finding['kind']>(['unsafe', 'lost', 'misuse']);
/** What a step makes of a semaphore's count. */
const COUNTS = /\((\d+) → (\d+)\)$/;
const counting = new Set(['post', 'wait', 'tryWait', 'timedWait']);

/** A step that changes a semaphore's count, or could have. */
interface Count {
  readonly step: TraceStep;
  readonly before: number;
  readonly after: number;
}

function countsIn(trace: readonly TraceStep[]): Count[] {
  return trace.flatMap((step) => {
    const counts = counting.has(step.operation) ? COUNTS.exec(step.text) : null;
    return counts ? [{ step, before: Number(counts[1]), after: Number(counts[2]) }] : [];
  });
}

/** Units that each process has of a semaphore: waits for it without a post. */
function unitsOf(counts: readonly Count[]): Map<number, number> {
  const units = new Map<number, number>();
  for (const { step, before, after } of counts) {
    units.set(step.process, (units.get(step.process) ?? 0) + before - after);
  }
  return units;
}

/**
 * A post raises a semaphore above what it began with, by a process that has no unit of it; and when harm is done more
 * units are out than there were.
 */
export const extraPost: Mistake = (finding) => {
  const { kind, trace, players } = finding;
  if (!harm.has(kind)) return undefined;
  const all = countsIn(trace);
  for (const object of new Set(all.map(({ step }) => step.object))) {
    const counts = all.filter(({ step }) => step.object === object);
    const initial = counts[0].before;
    const extra = counts.findIndex(
      ({ step, after }, i) =>
        step.operation === 'post' &&
        after > initial &&
        (unitsOf(counts.slice(0, i)).get(step.process) ?? 0) <= 0,
    );
    const out = [...unitsOf(counts).values()].reduce((sum, n) => sum + Math.max(0, n), 0);
    if (initial === 0 || extra < 0 || out <= initial) continue;
    const { process, location } = counts[extra].step;
    return {
      name: 'extra post',
      text: `${players[process]?.name ?? `process ${process}`} posts ${object}${location ? ` (line ${location.line})` : ''} and has no unit of it: from then on it lets ${initial + 1} in, not ${initial}. Post once for each wait, and only on the ways on which there was one.`,
    };
  }
  return undefined;
};
