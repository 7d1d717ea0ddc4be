// How many columns a terminal gives a text: two for what East Asian width calls wide and for emoji (UAX #11), none
// for what only decorates the character before it.

const wide =
  /[\u1100-\u115f\u231a\u231b\u2329\u232a\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const nothing = /^[\p{M}\u200c\u200d]+$/u;
const ascii = /^[ -~]*$/;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The characters of `text` as a reader counts them. */
export function graphemes(text: string): string[] {
  if (ascii.test(text)) return [...text];
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** Columns of `text`, which must hold neither colours nor control characters. */
export function width(text: string): number {
  if (ascii.test(text)) return text.length;
  let columns = 0;
  for (const one of graphemes(text)) columns += nothing.test(one) ? 0 : wide.test(one) ? 2 : 1;
  return columns;
}

/** `text` with spaces after it, to fill `columns`. */
export const pad = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - width(text)));

/** `text` with spaces before it, to fill `columns`. */
export const padStart = (text: string, columns: number): string =>
  ' '.repeat(Math.max(0, columns - width(text))) + text;

/** As much of `text` as fits into `columns`, with an ellipsis where something is missing. */
export function clip(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let out = '';
  let used = 0;
  for (const one of graphemes(text)) {
    used += width(one);
    if (used > columns - 1) break;
    out += one;
  }
  return `${out.trimEnd()}…`;
}
