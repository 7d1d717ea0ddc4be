import type { Board } from './board.ts';
import { Run, TABLE, TABLE_UNITS } from './control.ts';
import type { ObjectNames } from './object-names.ts';

/** Writes the names of the shared objects where the referee reads them. */
export function writeTable({ control, host }: Board, names: ObjectNames): void {
  const json = JSON.stringify(names);
  const units = new Uint16Array(host.buffer, TABLE * 4, TABLE_UNITS);
  if (json.length > TABLE_UNITS) return; // the referee then goes by numbers
  for (let i = 0; i < json.length; i++) units[i] = json.charCodeAt(i);
  control[Run.TABLE_LENGTH] = json.length;
}
