import { type Page, pageWidth } from './page.ts';
import { pad, width } from './width.ts';
import { wrap } from './wrap.ts';

/** A cell of a table: text on one line, and how it is painted. */
export interface TableCell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const GAP = 2;
/** The last column is never narrower: the others give way. */
const LAST = 16;

/** Lines of a table; the last column is wrapped to what is left of the width, the others if they must be. */
export function table(rows: readonly (readonly TableCell[])[], page: Page, indent = 2): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, i) =>
    Math.max(0, ...rows.map((row) => width(row[i]?.text ?? ''))),
  );
  const room = pageWidth(page) - indent - GAP * (count - 1);
  const sum = () => widths.slice(0, -1).reduce((a, b) => a + b, 0);
  while (count > 1 && sum() > room - Math.min(LAST, widths[count - 1])) {
    const widest = widths.slice(0, -1).reduce((best, w, i) => (w > widths[best] ? i : best), 0);
    if (widths[widest] <= 2) break;
    widths[widest]--;
  }
  if (count > 0) widths[count - 1] = Math.max(2, Math.min(widths[count - 1], room - sum()));

  return rows.flatMap((row) => {
    const cells = row.map((cell, i) => wrap(cell.text, widths[i]));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) => {
      const parts = row.map((cell, i) => {
        const text = cells[i][line] ?? '';
        return (cell.paint?.(text) ?? text) + pad('', i === row.length - 1 ? 0 : widths[i] - width(text));
      });
      return (' '.repeat(indent) + parts.join(' '.repeat(GAP))).trimEnd();
    });
  });
}
