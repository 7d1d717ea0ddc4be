// What `lab doctor` prints.
import { clean } from './clean.ts';
import { many } from './number.ts';
import { type Page, proseWidth } from './page.ts';
import { table } from './table.ts';
import { JSON_VERSION } from './verdict-json.ts';
import { wrap } from './wrap.ts';

/** One thing that the lab needs of a machine. */
export interface Examined {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do where it is not well. */
  readonly advice?: string;
}

/** What this machine has and lacks, each with what to do. */
export function machineText(examined: readonly Examined[], page: Page): string[] {
  const { strong, good, bad, mark } = page.palette;
  const rows = examined.flatMap(({ name, ok, found, advice }) => [
    [
      { text: ok ? '✓' : '✗', paint: ok ? good : bad },
      { text: clean(name), paint: strong },
      { text: clean(found) },
    ],
    ...(advice === undefined
      ? []
      : [[{ text: '' }, { text: '' }, { text: `→ ${clean(advice)}`, paint: mark }]]),
  ]);
  const lacking = examined.filter((one) => !one.ok).length;
  const sum =
    lacking === 0
      ? 'This machine has all that the lab needs.'
      : `This machine lacks ${many(lacking, 'things')}.`;
  return [
    ...table(rows, page, 0),
    '',
    ...wrap(sum, proseWidth(page)).map((line) => strong((lacking ? bad : good)(line))),
  ];
}

/** What this machine has and lacks, as plain JSON. */
export const machineJson = (examined: readonly Examined[]) => ({
  version: JSON_VERSION,
  ok: examined.every((one) => one.ok),
  examined: examined.map(({ name, ok, found, advice }) => ({ name, ok, found, advice: advice ?? null })),
});
