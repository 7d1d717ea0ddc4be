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

/** A line that is too long, from the word that lies half a row before the place where it happens. */
function fromNear(text: string, at: number, room: number): string {
  const start = text.lastIndexOf(' ', at - Math.floor(room / 2));
  return at <= room || start < 0 ? text : `… ${text.slice(start + 1)}`;
}

/** The student's own line with its number. */
function sourceLines(row: Row, page: Page, columns: number): CellLine[] {
  if (row.line === undefined) return [];
  const { faint, bad } = page.palette;
  const label = `${row.line.number} `;
  const room = columns - label.length;
  const { text, at } = row.line;
  const long = wrap(text, room).length > MOST_LINES;
  const lines = wrap(long ? fromNear(text, at, room) : text, room);
  if (lines.length > MOST_LINES) {
    lines[MOST_LINES - 1] = clip(`${lines[MOST_LINES - 1]} …`, room);
    lines.length = MOST_LINES;
  }
  return lines.map((line, i) => {
    const before = i === 0 ? faint(label) : ' '.repeat(label.length);
    const painted = row.wrong && row.text === undefined ? bad(line) : line;
    return { printed: before + painted, width: label.length + width(line) };
  });
}

/** What the step came to. */
function textLines(row: Row, page: Page, columns: number): CellLine[] {
  if (row.text === undefined) return [];
  const { faint, bad } = page.palette;
  // Below its line it explains; alone it is all there is.
  const aside = row.line !== undefined || row.step === undefined;
  return wrap(row.text, columns - 3).map((line, i) => {
    const painted = row.wrong ? bad(line) : aside ? faint(line) : line;
    return { printed: (i === 0 ? ` ${faint('→')} ` : '   ') + painted, width: 3 + width(line) };
  });
}

/**
 * What one process does in one row, at most `columns` wide: the student's own line with its number, and what the
 * step came to: behind it where there is room, else below.
 */
export function cell(row: Row, page: Page, columns: number): CellLine[] {
  const source = sourceLines(row, page, columns);
  const text = textLines(row, page, columns);
  const both = source.length === 1 && text.length === 1 ? source[0].width + 1 + text[0].width : columns + 1;
  if (both > columns) return [...source, ...text];
  return [{ printed: `${source[0].printed} ${text[0].printed}`, width: both }];
}
