/** A list that goes round at its end: from place `from` on, each entry is that of `length` places before. */
export interface Loop {
  readonly from: number;
  readonly length: number;
}

/** Rounds that make a loop. */
const ROUNDS = 8;

/**
 * The shortest loop, of at most `longest` entries, at the end of a list of `n`; undefined where there is none.
 * @param same whether the entries at two places, the later one first, are the same
 */
export function loopAtEnd(
  n: number,
  longest: number,
  same: (later: number, earlier: number) => boolean,
): Loop | undefined {
  for (let length = 1; length <= longest && length * ROUNDS <= n; length++) {
    let at = n - 1;
    while (at >= length && same(at, at - length)) at--;
    const from = at - length + 1;
    if (n - from >= length * ROUNDS) return { from, length };
  }
  return undefined;
}
