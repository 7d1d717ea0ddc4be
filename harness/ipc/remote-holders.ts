// Who holds references to an object, as its home knows it. After Birrell, Evers, Nelson, Owicki and Wobber, "Distributed garbage
// collection for network objects" (DEC SRC 116, 1993): each process is known by itself, so that one which dies lets go of what it
// held. They count none twice and ask for an acknowledgement of each; here what a process says arrives in order, so it is enough
// to count what was given to a process, and what it gave back. A process may give back what the home is not yet told of: its
// count is below 0 then, and whoever gave it the reference still holds its own. Invariant: while any process holds a reference or
// one is on its way, some count is not 0.

export class Holders {
  readonly #counts = new Map<number, number>();

  /** References given to a process, or given back by it where `n` is below 0. */
  add(process: number, n: number): void {
    const now = (this.#counts.get(process) ?? 0) + n;
    if (now === 0) this.#counts.delete(process);
    else this.#counts.set(process, now);
  }

  /** A process has ended. */
  leave(process: number): void {
    this.#counts.delete(process);
  }

  /** How many processes hold the object. */
  get size(): number {
    return this.#counts.size;
  }
}
