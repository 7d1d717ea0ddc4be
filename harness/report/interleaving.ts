import type { Finding } from '../check/finding.ts';
import { columns, columnWidth } from './columns.ts';
import { SIGNS } from './margin.ts';
import { listed, number } from './number.ts';
import { type Page, pageWidth } from './page.ts';
import { type Run, rows } from './rows.ts';
import { stepList } from './step-list.ts';
import { indented } from './wrap.ts';

/** Whether nothing was wrong before the run had ended. */
const brokenAtEnd = ({ kind, process }: Finding): boolean =>
  kind === 'left-behind' || (kind === 'lost' && process === undefined);

/**
 * A run, step by step: one column a process where they fit side by side, else as a list.
 * @param whole as many steps as a replay shows; else as a finding does.
 */
export function interleaving(run: Run, finding: Finding | undefined, page: Page, whole: boolean): string[] {
  const table = rows(run, finding, page.source, whole);
  const total = pageWidth(page);
  if (table.length === 0) return indented('No step was taken.', 2, total);
  const margin = Math.max('end'.length, String(run.trace.at(-1)?.step ?? 0).length) + SIGNS;

  const acting = run.players.filter(
    (p) =>
      run.trace.some((s) => s.process === p.process) ||
      table.some((row) => 'process' in row && row.process === p.process),
  );
  const each = columnWidth(acting.length, margin, total);
  const lines =
    each === undefined
      ? stepList(table, run.players, page, margin)
      : columns(table, acting, page, margin, each);

  if (finding && brokenAtEnd(finding)) {
    const { bad, faint } = page.palette;
    lines.push(`${bad('✗')}  ${faint('end'.padStart(margin - SIGNS))}  ${bad('every process has ended')}`);
  }

  const idle = run.players.filter((p) => !acting.includes(p)).map((p) => p.name);
  const notes = [
    ...(idle.length > 0 ? [`Without a step: ${listed(idle)}.`] : []),
    ...(table.some((row) => 'switched' in row && row.switched)
      ? ['» the schedule switches here: the process before could have gone on']
      : []),
    ...(finding?.loop ? [`↻ then step ${number(finding.loop.from)} again, and so on for ever`] : []),
  ];
  const painted = notes.flatMap((note) => indented(note, margin, total)).map(page.palette.faint);
  return [...lines, ...(painted.length > 0 ? ['', ...painted] : [])];
}
