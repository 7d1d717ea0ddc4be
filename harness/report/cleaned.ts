// What `lab clean` prints.
import { clean } from './clean.ts';
import type { Page } from './page.ts';
import { table } from './table.ts';
import { JSON_VERSION } from './verdict-json.ts';

/** Something that was left behind; `kept` says why it still is. */
export interface Cleaned {
  readonly what: string;
  readonly name: string;
  readonly kept?: string;
}

/** What was found, and what became of it. `look`: it was only looked at. */
export function cleanedText(cleaned: readonly Cleaned[], look: boolean, page: Page): string[] {
  const { good, bad, mark } = page.palette;
  if (cleaned.length === 0) return [good('Nothing was left behind.')];
  return table(
    cleaned.map(({ what, name, kept }) => [
      { text: what },
      { text: clean(name) },
      kept === undefined
        ? { text: look ? 'left behind' : 'removed', paint: look ? mark : good }
        : { text: `could not be removed: ${clean(kept)}`, paint: bad },
    ]),
    page,
    0,
  );
}

/** The same as plain JSON. */
export const cleanedJson = (cleaned: readonly Cleaned[], look: boolean) => ({
  version: JSON_VERSION,
  found: cleaned.map(({ what, name, kept }) => ({
    what,
    name,
    removed: !look && kept === undefined,
    why: kept ?? null,
  })),
});
