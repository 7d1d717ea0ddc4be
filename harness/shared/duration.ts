/** The longest time that anything waits, in milliseconds; about 24 days. */
const LONGEST = 2 ** 31 - 1;

/**
 * A time in milliseconds from what a solution gave: not below 0, not above 2^31 - 1, 0 for what is no number. It is
 * converted before the step, since the conversion may run code of the student's.
 */
export function duration(milliseconds: unknown): number {
  const ms = Number(milliseconds);
  return ms > 0 ? Math.min(ms, LONGEST) : 0;
}
