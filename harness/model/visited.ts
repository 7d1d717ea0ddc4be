// The states that a search has come to: a hash table of fingerprints, with two words of the search's own for each.

/** States kept at most. */
const MOST = 1 << 21;
const ENTRY = 4;
const NOTE = 2;
const FLAG = 3;

export class Visited {
  #places = 1 << 12;
  #entries = new Int32Array(this.#places * ENTRY);
  /** Number of the state in each place, from 1; 0 where there is none. */
  #at = new Int32Array(this.#places);
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
    this.#at.fill(0);
    this.#size = 0;
  }

  /** The number of the state (a, b), from 0; that of a new one is the size before. */
  numberOf(a: number, b: number): number {
    const mask = this.#places - 1;
    const entries = this.#entries;
    for (let place = a & mask; ; place = (place + 1) & mask) {
      const n = this.#at[place] - 1;
      if (n < 0) {
        this.#at[place] = ++this.#size;
        const at = (this.#size - 1) * ENTRY;
        entries[at] = a;
        entries[at + 1] = b;
        entries[at + NOTE] = 0;
        entries[at + FLAG] = 0;
        if (this.#size * 2 > this.#places) this.#grow();
        return this.#size - 1;
      }
      if (entries[n * ENTRY] === a && entries[n * ENTRY + 1] === b) return n;
    }
  }

  note(n: number): number {
    return this.#entries[n * ENTRY + NOTE];
  }

  setNote(n: number, note: number): void {
    this.#entries[n * ENTRY + NOTE] = note;
  }

  flag(n: number): boolean {
    return this.#entries[n * ENTRY + FLAG] !== 0;
  }

  setFlag(n: number, flag: boolean): void {
    this.#entries[n * ENTRY + FLAG] = flag ? 1 : 0;
  }

  #grow(): void {
    this.#places *= 2;
    const entries = new Int32Array(this.#places * ENTRY);
    for (let i = 0; i < this.#size * ENTRY; i++) entries[i] = this.#entries[i];
    this.#entries = entries;
    this.#at = new Int32Array(this.#places);
    const mask = this.#places - 1;
    for (let n = 0; n < this.#size; n++) {
      let place = entries[n * ENTRY] & mask;
      while (this.#at[place] !== 0) place = (place + 1) & mask;
      this.#at[place] = n + 1;
    }
  }
}
