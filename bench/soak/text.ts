import type { Soaked } from './soak-subject.ts';

/** Seeds that are written out, at most; `--json` has them all. */
const WRITTEN = 20;

/** What one subject came to: a line, and one more for each way in which seeds differ. */
export function soakedLines(s: Soaked): string[] {
  const wanted = s.declared.length === 0 ? 'accepted' : s.declared.join(' or ');
  const right = s.seeds - s.deviations.length;
  const sign = s.deviations.length === 0 ? '✓' : '✗';
  const lines = [
    `${sign} ${s.file}: ${wanted} under ${right} of ${s.seeds} seeds, ${s.seconds.toFixed(1)} s`,
  ];
  for (const found of new Set(s.deviations.map((d) => d.found))) {
    const seeds = s.deviations.filter((d) => d.found === found).map((d) => d.seed);
    const rest = seeds.length > WRITTEN ? ` … and ${seeds.length - WRITTEN} more` : '';
    lines.push(`    ${found} under ${seeds.length}: seeds ${seeds.slice(0, WRITTEN).join(' ')}${rest}`);
  }
  if (s.again.seeds > 0) {
    const { seeds, missed } = s.again;
    lines.push(
      missed.length === 0
        ? `    the default budget finds it under all ${seeds} of these that were tried`
        : `    the default budget misses it as well under ${missed.length} of ${seeds}: seeds ${missed.join(' ')}`,
    );
  }
  return lines;
}

/** The totals. */
export function sumLines(all: readonly Soaked[], seconds: number): string[] {
  const sum = (of: (s: Soaked) => number): number => all.reduce((total, s) => total + of(s), 0);
  const references = all.filter((s) => s.declared.length === 0);
  const rejected = references.reduce((n, s) => n + s.deviations.length, 0);
  const missed = sum((s) => s.missed);
  const schedules = sum((s) => s.schedules);
  return [
    '',
    `${references.length} reference and ${all.length - references.length} broken solutions, ${sum((s) => s.seeds)} hunts, ${schedules} schedules in ${Math.round(seconds)} s (${Math.round(schedules / seconds)} a second).`,
    `References rejected: ${rejected}. Broken ones missed: ${missed}, by the default budget as well: ${sum((s) => s.again.missed.length)}; found for something else: ${sum((s) => s.deviations.length) - rejected - missed}.`,
  ];
}
