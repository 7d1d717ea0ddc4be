// What `lab compare` prints.
import type { Compared, Comparison } from '../compare/compare.ts';
import type { Sample } from '../compare/samples.ts';
import { number } from './number.ts';
import { type Page, proseWidth } from './page.ts';
import { table } from './table.ts';
import { JSON_VERSION } from './verdict-json.ts';
import { indented } from './wrap.ts';

const SMALL = 16;
const PAGE = 4_096;
const LARGE = 65_536;

const of = (samples: readonly Sample[] | undefined, bytes: number): Sample | undefined =>
  samples?.find((s) => s.bytes === bytes);

/** The rows, the fastest round trip first. Those that could not be measured come last. */
export const byRoundTrip = (rows: readonly Compared[]): Compared[] => {
  const first = ({ samples }: Compared): number => of(samples, SMALL)?.median ?? Number.POSITIVE_INFINITY;
  return [...rows].sort((a, b) => first(a) - first(b));
};

const HEAD = ['', 'trip', '99 of 100', '4 KiB', '64 KiB', 'messages/s', 'MB/s', 'to C'];

/** A table: microseconds of a round trip by size, and what goes through one way. */
export function comparisonText({ rows, noC }: Comparison, page: Page): string[] {
  const { strong, faint, bad } = page.palette;
  const lines = byRoundTrip(rows)
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, samples, c }) => {
      const small = of(samples, SMALL);
      const large = of(samples, LARGE) ?? samples.at(-1);
      const inC = of(c, SMALL)?.median;
      const cells = [
        small?.median,
        small?.p99,
        of(samples, PAGE)?.median,
        of(samples, LARGE)?.median,
        small?.rate,
        large && (large.rate * large.bytes) / 1e6,
      ].map((n) => (n === undefined ? '–' : number(n)));
      const ratio = small === undefined || inC === undefined ? '–' : `${number(small.median / inC)} ×`;
      return [{ text: name, paint: strong }, ...cells.map((text) => ({ text })), { text: ratio }];
    });
  const lacking = rows.flatMap(({ name, lacks }) => (lacks === undefined ? [] : [`${name}: ${lacks}`]));
  const prose = (text: string): string[] => indented(text, 0, proseWidth(page)).map(faint);
  return [
    ...table([HEAD.map((text) => ({ text, paint: faint })), ...lines], page, 0),
    '',
    ...prose(
      `Two processes. trip: microseconds of a round trip with messages of ${SMALL} bytes, half of them took no longer, and 99 of 100 no longer than the next column; then the same with larger ones. messages/s: of ${SMALL} bytes, one way. MB/s: the largest size up to 64 KiB. to C: the round trip by a program in C is 1.`,
    ),
    ...(noC === undefined ? [] : prose(`Without C beside it: ${noC}.`)),
    ...lacking.flatMap((line) => indented(line, 0, proseWidth(page)).map(bad)),
  ];
}

/** The same as plain JSON, with every size: microseconds, and messages a second one way. */
export const comparisonJson = ({ rows, noC }: Comparison) => ({
  version: JSON_VERSION,
  noC: noC ?? null,
  rows: rows.map(({ name, real, samples, c, lacks }) => ({
    name,
    real,
    samples: [...samples],
    c: c === undefined ? null : [...c],
    lacks: lacks ?? null,
  })),
});
