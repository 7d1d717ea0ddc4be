// A semaphore that is to let only so many in was posted by someone who had no unit of it.
import type { Finding, TraceStep } from './finding.ts';
import type { Mistake } from './mistake.ts';

const harm = new Set<Finding['kind']>(['unsafe', 'lost', 'misuse']);
/** What a step makes of a semaphore's count. */
const COUNTS = /\((\d+) → (\d+)\)$/;
const taken = new Set(['wait', 'tryWait', 'timedWait']);

/** Units that each process has of a semaphore: waits for it without a post. */
function unitsOf(steps: readonly TraceStep[]): Map<number, number> {
  const units = new Map<number, number>();
  for (const { process, text } of steps) {
    const [, before, after] = COUNTS.exec(text) as RegExpExecArray;
    units.set(process, (units.get(process) ?? 0) + Number(before) - Number(after));
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
  const counted = trace.filter(
    (s) => (s.operation === 'post' || taken.has(s.operation)) && COUNTS.test(s.text),
  );
  for (const object of new Set(counted.map((s) => s.object))) {
    const steps = counted.filter((s) => s.object === object);
    const initial = Number((COUNTS.exec(steps[0].text) as RegExpExecArray)[1]);
    const extra = steps.findIndex(
      (s, i) =>
        s.operation === 'post' &&
        Number((COUNTS.exec(s.text) as RegExpExecArray)[2]) > initial &&
        (unitsOf(steps.slice(0, i)).get(s.process) ?? 0) <= 0,
    );
    const out = [...unitsOf(steps).values()].reduce((sum, n) => sum + Math.max(0, n), 0);
    if (initial === 0 || extra < 0 || out <= initial) continue;
    const { process, location } = steps[extra];
    return {
      name: 'extra post',
      text: `${players[process]?.name ?? `process ${process}`} posts ${object}${location ? ` (line ${location.line})` : ''} and has no unit of it: from then on it lets ${initial + 1} in, not ${initial}. Post once for each wait, and only on the ways on which there was one.`,
    };
  }
  return undefined;
};
