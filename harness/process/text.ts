// Texts in the segment: UTF-16 units, one behind the other.

/** The text of `length` units from word `word` on. */
export function readText(buffer: ArrayBuffer, word: number, length: number): string {
  const units = new Uint16Array(buffer, word * 4, length);
  let text = '';
  for (let i = 0; i < length; i += 8192) text += String.fromCharCode(...units.subarray(i, i + 8192));
  return text;
}

/** Writes `text` from word `word` on, cut to `most` units. Returns how many were written. */
export function writeText(buffer: ArrayBuffer, word: number, text: string, most: number): number {
  const length = Math.min(text.length, most);
  const units = new Uint16Array(buffer, word * 4, length);
  for (let i = 0; i < length; i++) units[i] = text.charCodeAt(i);
  return length;
}
