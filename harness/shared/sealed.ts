/**
 * Freezes a class whose instances student code holds: its prototype outlives the run, and nothing may be left on it
 * for the next one, or for another process to trip over.
 */
export function sealed(...classes: { prototype: object }[]): void {
  for (const c of classes) {
    Object.freeze(c.prototype);
    Object.freeze(c);
  }
}
