// The states that a search has come to: a hash table of fingerprints.

/** States kept at most: in 64 MB. */
const MOST = 1 << 22;

export class Visited {
  #places = 1 << 12;
  /** Two words a place; both are 0 where it is free. */
  #table = new Int32Array(2 * this.#places);
  #size = 0;

  /** States so far. */
  get size(): number {
    return this.#size;
  }

  /** Whether there is no room for another one. */
  get isFull(): boolean {
    return this.#size >= MOST;
  }

  clear(): void {
    this.#table.fill(0);
    this.#size = 0;
  }

  /** Adds the state (a, b). Says whether it is new. */
  add(a: number, b: number): boolean {
    const at = this.#find(a, b);
    if (this.#table[at] !== 0 || this.#table[at + 1] !== 0) return false;
    this.#table[at] = a;
    this.#table[at + 1] = b;
    if (++this.#size * 2 > this.#places) this.#grow();
    return true;
  }

  /** Where the state is, or has room. */
  #find(a: number, b: number): number {
    const mask = this.#places - 1;
    const table = this.#table;
    for (let place = a & mask; ; place = (place + 1) & mask) {
      const at = 2 * place;
      if ((table[at] === a && table[at + 1] === b) || (table[at] === 0 && table[at + 1] === 0)) return at;
    }
  }

  #grow(): void {
    const before = this.#table;
    this.#places *= 2;
    this.#table = new Int32Array(2 * this.#places);
    for (let i = 0; i < before.length; i += 2) {
      if (before[i] === 0 && before[i + 1] === 0) continue;
      const at = this.#find(before[i], before[i + 1]);
      this.#table[at] = before[i];
      this.#table[at + 1] = before[i + 1];
    }
  }
}
