import { number } from '../report/number.ts';
import { UsageError } from './usage-error.ts';

/** The value of a numeric option, from `least` to `most`; undefined where it was not given. Throws UsageError. */
export function wholeNumber(
  name: string,
  value: string | true | undefined,
  least: number,
  most: number,
): number | undefined {
  if (value === undefined) return undefined;
  const parsed = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  if (parsed === undefined || parsed < least || parsed > most) {
    throw new UsageError(
      `--${name} '${value}': give a whole number from ${least} to ${number(most)}, as in --${name} ${Math.max(least, 1)}.`,
    );
  }
  return parsed;
}
