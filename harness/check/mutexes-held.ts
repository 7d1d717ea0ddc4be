import type { TraceStep } from './finding.ts';

/** The mutexes that `process` holds after the first `count` steps of the trace, by name. */
export function mutexesHeld(trace: readonly TraceStep[], process: number, count: number): Set<string> {
  const held = new Set<string>();
  for (const { process: p, operation, object, text } of trace.slice(0, count)) {
    if (p !== process) continue;
    const took =
      (operation === 'lock' && !text.endsWith('has to wait')) ||
      (/^(try|timed)Lock$/.test(operation) && text.endsWith('→ true'));
    if (took) held.add(object);
    if (operation === 'unlock') held.delete(object);
  }
  return held;
}
