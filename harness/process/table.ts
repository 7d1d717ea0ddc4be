import type { Board } from './board.ts';
import { Run, TABLE, TABLE_UNITS } from './control.ts';
import type { ObjectNames } from './object-names.ts';
import { writeText } from './text.ts';

/** Writes the names of the shared objects where the referee reads them. */
export function writeTable({ control, host }: Board, names: ObjectNames): void {
  const json = JSON.stringify(names);
  if (json.length > TABLE_UNITS) return; // the referee then goes by numbers
  control[Run.TABLE_LENGTH] = writeText(host.buffer, TABLE, json, TABLE_UNITS);
}
