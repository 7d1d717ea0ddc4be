// The operations as the driver of controlled runs has them: what is asked of them at every step, as plain numbers in
// the order of their codes, so that the common ones are taken without calling anything.
import { always } from '../shared/operation.ts';
import { operations } from '../sync/operations.ts';

/** How it is known whether a step may be taken. */
export const Kind = {
  /** It may always be taken. */
  ALWAYS: 0,
  /** It may be taken while the word is from `least` to `most`. */
  RANGE: 1,
  /** Its table has to be asked. */
  ASK: 2,
} as const;

const table = (number: (code: number) => number): Int32Array =>
  Int32Array.from(operations, (_, code) => number(code));

/** One of `Kind` for each operation. */
export const kindOf = table((code) => {
  const { shift, misuse, giveUp, ready } = operations[code];
  if (giveUp !== undefined || ready === always) return Kind.ALWAYS;
  return shift !== undefined && misuse === undefined ? Kind.RANGE : Kind.ASK;
});

/** 1 where an operation is a shift and nothing else. */
export const isShift = table((code) => (operations[code].shift === undefined ? 0 : 1));
export const least = table((code) => operations[code].shift?.least ?? 0);
export const most = table((code) => operations[code].shift?.most ?? 0);
export const by = table((code) => operations[code].shift?.by ?? 0);
