import type { Subject } from './subjects.ts';

export interface Mean {
  readonly strategy: string;
  /** Mean number of schedules to the first bug. */
  readonly schedules: number;
  /** Seeds under which the cap came first. */
  readonly missed: number;
}

/** A subject that was played; without means where it has more processes than a run may have. */
export interface Row extends Subject {
  readonly means: readonly Mean[] | undefined;
}

/** What counts: a mean that the cap has cut is none. */
const score = (m: Mean): number => (m.missed > 0 ? Number.POSITIVE_INFINITY : m.schedules);
const figure = (n: number): string => (n < 100 ? n.toFixed(1) : n.toFixed(0));
const cell = ({ schedules, missed }: Mean): string => `${missed > 0 ? '≥ ' : ''}${figure(schedules)}`;

/** The rows as columns: what is to be beaten, then one column a strategy; the best is marked, and whether it wins. */
export function table(rows: readonly Row[]): string {
  const names = rows.find((r) => r.means)?.means?.map((m) => m.strategy) ?? [];
  const head = ['program', 'to beat', '', ...names];
  const lines = rows.map(({ name, best, means }) => {
    if (means === undefined) return [name, figure(best.schedules), 'too large', ...names.map(() => '–')];
    const least = Math.min(...means.map(score));
    const verdict = least <= best.schedules ? 'ok' : 'short';
    return [
      name,
      figure(best.schedules),
      verdict,
      ...means.map((m) => (score(m) === least ? `*${cell(m)}` : cell(m))),
    ];
  });
  const widths = head.map((title, i) => Math.max(...[title, ...lines.map((l) => l[i])].map((s) => s.length)));
  return [head, ...lines]
    .map((cells) =>
      cells
        .map((s, i) => (i === 0 ? s.padEnd(widths[i]) : s.padStart(widths[i])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
