import type { Result } from './measurement.ts';

/** Three or four figures, thousands set apart. */
function figure(n: number | null): string {
  if (n === null) return '–';
  const digits = Math.abs(n) >= 100 ? 0 : Math.abs(n) >= 10 ? 1 : 2;
  return n.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The results as columns: name, ours, peer, ratio, wanted, and whether it is met. */
export function table(results: readonly Result[]): string {
  const rows = results.map((r) => [
    r.name,
    r.ours === null ? '–' : `${figure(r.ours)} ${r.unit}`,
    figure(r.peer),
    figure(r.ratio),
    `${r.better === 'lower' ? '≤' : '≥'} ${figure(r.wanted)}${r.bounds === 'ratio' ? ' ×' : ` ${r.unit}`}`,
    r.verdict,
  ]);
  const head = ['name', 'ours', 'peer', 'ratio', 'wanted', ''];
  const widths = head.map((title, i) =>
    Math.max(...[title, ...rows.map((row) => row[i])].map((s) => s.length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((s, i) => (i === 0 || i === cells.length - 1 ? s.padEnd(widths[i]) : s.padStart(widths[i])))
      .join('  ')
      .trimEnd();
  const errors = results.flatMap((r) => (r.error === undefined ? [] : [`${r.name}: ${r.error}`]));
  return [line(head), ...rows.map(line), ...errors].join('\n');
}
