import type { Measurement, Result } from './measurement.ts';
import { median } from './median.ts';

/** Compares the medians of what was sampled with what is wanted. */
export function judge(
  measurement: Measurement,
  samples: { readonly ours: readonly number[]; readonly peer: readonly number[] },
  error?: string,
): Result {
  const { name, says, unit, better, wanted } = measurement;
  const ours = error === undefined ? median(samples.ours) : null;
  const peer = median(samples.peer);
  const ratio = ours === null || peer === null ? null : ours / peer;
  const bounds = measurement.peer === undefined ? 'ours' : 'ratio';
  const figure = bounds === 'ratio' ? ratio : ours;
  const good = figure !== null && (better === 'lower' ? figure <= wanted : figure >= wanted);
  return {
    name,
    says,
    unit,
    better,
    wanted,
    bounds,
    ours,
    peer,
    ratio,
    verdict: figure === null ? 'unknown' : good ? 'ok' : 'short',
    samples,
    ...(error === undefined ? {} : { error }),
  };
}
