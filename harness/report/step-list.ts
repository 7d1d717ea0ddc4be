// The form for more processes than fit side by side: one row a step, with the name of its process.
import type { Player } from '../check/finding.ts';
import { letter } from '../schedule/schedule.ts';
import { cell } from './cell.ts';
import type { Gap } from './fold.ts';
import { gapText } from './gap.ts';
import { margin as marginOf } from './margin.ts';
import { type Page, pageWidth } from './page.ts';
import type { Row } from './rows.ts';
import { clip, pad, width } from './width.ts';
import { indented } from './wrap.ts';

/** A longer name is cut. */
const LONGEST_NAME = 20;

/** The run as a list. `margin` is the room for the sign, the step number and the spaces around them. */
export function stepList(
  rows: readonly (Row | Gap)[],
  players: readonly Player[],
  page: Page,
  margin: number,
): string[] {
  const { strong, faint } = page.palette;
  const total = pageWidth(page);
  const named = players.map((p) => clip(`${letter(p.process)}  ${p.name}`, LONGEST_NAME));
  const names = Math.max('process'.length, ...named.map(width));
  const name = (process: number): string => named[players.findIndex((p) => p.process === process)] ?? '';
  const rest = total - margin - names - 2;
  const lines = [
    `${' '.repeat(margin)}${strong(pad('process', names))}  ${strong(clip('line, and what it came to', rest))}`,
    faint('─'.repeat(total)),
  ];
  let before: number | undefined;
  for (const row of rows) {
    if ('folded' in row) {
      lines.push(...indented(`⋮ ${gapText(row, players)}`, margin, total).map(faint));
      before = undefined;
      continue;
    }
    const label = pad(row.process === before ? '' : name(row.process), names);
    cell(row, page, rest).forEach((line, i) => {
      const head = i === 0 ? `${marginOf([row], page.palette, margin)}${label}  ` : ' '.repeat(total - rest);
      lines.push(head + line.printed);
    });
    before = row.process;
  }
  return lines.map((line) => line.trimEnd());
}
