import type { Palette } from './palette.ts';
import type { Row } from './rows.ts';
import { padStart } from './width.ts';

/** Columns of the margin besides the step number: a sign for each thing, and the spaces. */
export const SIGNS = 5;

/** The margin before rows of one height: where the schedule switched, where it went wrong, and the step's number. */
export function margin(rows: readonly Row[], palette: Palette, columns: number): string {
  const switched = rows.some((row) => row.switched) ? palette.mark('»') : ' ';
  const wrong = rows.some((row) => row.wrong) ? palette.bad('✗') : ' ';
  const step = rows[0].step === undefined ? 'end' : String(rows[0].step);
  return `${wrong}${switched} ${palette.faint(padStart(step, columns - SIGNS))}  `;
}
