// One column a process, time downwards.
import type { Player } from '../check/finding.ts';
import { letter } from '../schedule/schedule.ts';
import { type CellLine, cell } from './cell.ts';
import type { Gap } from './fold.ts';
import { gapText } from './gap.ts';
import { margin as marginOf } from './margin.ts';
import type { Page } from './page.ts';
import type { Row } from './rows.ts';
import { clip, width } from './width.ts';
import { indented } from './wrap.ts';

const BETWEEN = ' │ ';
/** Narrower columns cannot be read. */
const LEAST = 22;
/** Wider ones tear the rows apart. */
const MOST = 60;

/** Width of each of `count` columns after `margin`, or undefined where they do not fit. */
export function columnWidth(count: number, margin: number, columns: number): number | undefined {
  const each = Math.floor((columns - margin - BETWEEN.length * (count - 1)) / count);
  return each < LEAST ? undefined : Math.min(MOST, each);
}

/** Rows that stand side by side: one step, or what several processes stood before at the end. */
function* heights(rows: readonly (Row | Gap)[]): Generator<readonly Row[] | Gap> {
  let ends: Row[] = [];
  for (const row of rows) {
    if ('folded' in row) yield row;
    else if (row.step !== undefined) yield [row];
    else if (ends.some((other) => other.process === row.process)) {
      yield ends;
      ends = [row];
    } else ends.push(row);
  }
  if (ends.length > 0) yield ends;
}

const filled = (line: CellLine | undefined, each: number): string =>
  (line?.printed ?? '') + ' '.repeat(each - (line?.width ?? 0));

/**
 * The run as a table.
 * @param margin room for the sign, the step number and the spaces around them.
 * @param each width of a column.
 */
export function columns(
  rows: readonly (Row | Gap)[],
  players: readonly Player[],
  page: Page,
  margin: number,
  each: number,
): string[] {
  const { strong, faint } = page.palette;
  const bar = faint(BETWEEN);
  const total = margin + players.length * (each + BETWEEN.length) - BETWEEN.length;
  const heads = players.map((p) => {
    const text = clip(`${letter(p.process)}  ${p.name}`, each);
    return filled({ printed: strong(text), width: width(text) }, each);
  });
  const lines = [' '.repeat(margin) + heads.join(bar), faint('─'.repeat(total))];

  for (const group of heights(rows)) {
    if ('folded' in group) {
      lines.push(...indented(`⋮ ${gapText(group, players)}`, margin, total).map(faint));
      continue;
    }
    const cells = players.map((p) => {
      const row = group.find((one) => one.process === p.process);
      return row === undefined ? [] : cell(row, page, each);
    });
    for (let i = 0; i < Math.max(...cells.map((lines) => lines.length)); i++) {
      const head = i === 0 ? marginOf(group, page.palette, margin) : ' '.repeat(margin);
      lines.push(head + cells.map((one) => filled(one[i], each)).join(bar));
    }
  }
  return lines.map((line) => line.trimEnd());
}
