/** Checks what was given as a number of something: whole, and within bounds. Throws RangeError. */
export function checked(what: string, given: number, least: number, most: number, unit: string): number {
  if (!Number.isInteger(given) || given < least || given > most) {
    throw new RangeError(`${what} of ${given}: use ${least} to ${most} ${unit}.`);
  }
  return given;
}
