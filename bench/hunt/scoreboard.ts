import { portfolio } from './hunters.ts';
import type { Subject } from './subjects.ts';

export interface Mean {
  readonly strategy: string;
  /** Mean number of schedules to the first bug. */
  readonly schedules: number;
  /** Seeds under which the cap came first. */
  readonly missed: number;
  /** Seeds that were played. */
  readonly seeds: number;
}

/** A subject that was played; without means where it has more processes than a run may have. */
export interface Row extends Subject {
  readonly means: readonly Mean[] | undefined;
}

/** What counts: a mean that the cap has cut is none. */
const score = (m: Mean): number => (m.missed > 0 ? Number.POSITIVE_INFINITY : m.schedules);
const figure = (n: number): string => (n < 100 ? n.toFixed(1) : n.toFixed(0));
const cell = ({ schedules, missed }: Mean): string => `${missed > 0 ? '≥ ' : ''}${figure(schedules)}`;

/** How far the portfolio may be behind what is to be beaten. */
const BEHIND = 2;

/** Whether the best strategy beats what is to be beaten, and the portfolio is not far behind that. */
function verdict(best: number, means: readonly Mean[]): string {
  const alone = means.filter((m) => m.strategy !== portfolio.name).map(score);
  const together = means.find((m) => m.strategy === portfolio.name);
  if (alone.length > 0 && Math.min(...alone) > best) return 'short';
  return together !== undefined && score(together) > BEHIND * best ? 'portfolio' : 'ok';
}

/**
 * The rows as columns: what is to be beaten, whether it is (`short`: by no strategy; `portfolio`: the portfolio needs
 * more than twice as many), then one column a strategy; the best is marked.
 */
export function table(rows: readonly Row[]): string {
  const names = rows.find((r) => r.means)?.means?.map((m) => m.strategy) ?? [];
  const head = ['program', 'to beat', '', ...names];
  const lines = rows.map(({ name, best, means }) => {
    if (means === undefined) return [name, figure(best.schedules), 'too large', ...names.map(() => '–')];
    const least = Math.min(...means.map(score));
    return [
      name,
      figure(best.schedules),
      verdict(best.schedules, means),
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
