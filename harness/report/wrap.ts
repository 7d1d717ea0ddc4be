import { graphemes, width } from './width.ts';

/** Cuts a word that is longer than a line. */
function cut(word: string, columns: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const one of graphemes(word)) {
    if (piece !== '' && width(piece + one) > columns) {
      pieces.push(piece);
      piece = '';
    }
    piece += one;
  }
  return [...pieces, piece];
}

/**
 * Breaks `text` into lines of at most `columns` (at least 2), between words where that is possible. Its own line breaks
 * are kept, blanks of any kind at the end of a line are not. There is always at least one line.
 */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(/ +/)) {
      if (word === '') continue;
      const longer = line === '' ? word : `${line} ${word}`;
      if (width(longer) <= columns) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      const pieces = cut(word, columns);
      lines.push(...pieces.slice(0, -1));
      line = pieces.at(-1)!;
    }
    return [...lines, line].map((one) => one.trimEnd());
  });
}

/** `text` wrapped to `columns` in all, each line after `indent` spaces. */
export function indented(text: string, indent: number, columns: number): string[] {
  return wrap(text, columns - indent).map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
}
