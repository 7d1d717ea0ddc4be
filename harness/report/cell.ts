import type { Page } from './page.ts';
import type { Row } from './rows.ts';
import { clip, width } from './width.ts';
import { wrap } from './wrap.ts';

/** A line of the student's takes at most so many lines of a cell. */
const MOST_LINES = 3;

/** A line of a cell: what is printed, and the columns it takes. */
export interface CellLine {
  readonly printed: string;
  readonly width: number;
}

/**
 * What one process does in one row, at most `columns` wide: the student's own line with its number, and below it
 * what the step came to.
 */
export function cell(row: Row, page: Page, columns: number): CellLine[] {
  const { faint, bad } = page.palette;
  const out: CellLine[] = [];
  if (row.line !== undefined) {
    const label = `${row.line.number} `;
    const lines = wrap(row.line.text, columns - label.length);
    if (lines.length > MOST_LINES) {
      lines[MOST_LINES - 1] = clip(`${lines[MOST_LINES - 1]} …`, columns - label.length);
      lines.length = MOST_LINES;
    }
    lines.forEach((line, i) => {
      const before = i === 0 ? faint(label) : ' '.repeat(label.length);
      const whole = row.wrong && row.text === undefined ? bad(line) : line;
      out.push({ printed: before + whole, width: label.length + width(line) });
    });
  }
  if (row.text !== undefined) {
    const paint = row.wrong
      ? bad
      : row.line === undefined && row.step !== undefined
        ? (t: string) => t
        : faint;
    wrap(row.text, columns - 3).forEach((line, i) => {
      out.push({ printed: (i === 0 ? ` ${faint('→')} ` : '   ') + paint(line), width: 3 + width(line) });
    });
  }
  return out;
}
