import { type Page, pageWidth } from './page.ts';
import { pad, width } from './width.ts';
import { wrap } from './wrap.ts';

/** A cell of a table: text on one line, and how it is painted. */
export interface TableCell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const GAP = 2;
/** No column is made narrower than this. */
const LEAST = 4;

/** Narrows the widest columns, one after the other, until all fit into `room`. */
function narrow(widths: readonly number[], room: number): number[] {
  const out = [...widths];
  for (let over = out.reduce((a, b) => a + b, 0) - room; over > 0; over--) {
    const widest = out.indexOf(Math.max(...out));
    if (out[widest] <= LEAST) break;
    out[widest]--;
  }
  return out;
}

/** Lines of a table. Where it is wider than the page, the widest columns are wrapped. */
export function table(rows: readonly (readonly TableCell[])[], page: Page, indent = 2): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const natural = Array.from({ length: count }, (_, i) =>
    Math.max(0, ...rows.map((row) => width(row[i]?.text ?? ''))),
  );
  const widths = narrow(natural, pageWidth(page) - indent - GAP * (count - 1));

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
