// The operations as the driver of controlled runs has them: what is asked of them at every step, as plain numbers in
// the order of their codes, so that the common ones are taken without calling anything.
import { always } from '../shared/operation.ts';
import { mutexOperations } from '../sync/mutex.ts';
import { operations } from '../sync/operations.ts';

const { lock, unlock } = mutexOperations;

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
  if (code === lock.code) return Kind.RANGE; // while the word is 0
  return shift !== undefined && misuse === undefined ? Kind.RANGE : Kind.ASK;
});

/** What an operation is, apart from its table. */
export const Row = {
  /** Its table says what it does. */
  TABLE: 0,
  /** It is a shift and nothing else. */
  SHIFT: 1,
  /** The lock of a mutex: the word becomes the process's number plus one. */
  LOCK: 2,
  /** The unlock of one: the word was that, and becomes 0; else the table says what is wrong. */
  UNLOCK: 3,
} as const;

/** One of `Row` for each operation. */
export const rowOf = table((code) => {
  if (code === lock.code) return Row.LOCK;
  if (code === unlock.code) return Row.UNLOCK;
  return operations[code].shift === undefined ? Row.TABLE : Row.SHIFT;
});
export const least = table((code) => operations[code].shift?.least ?? 0);
export const most = table((code) => operations[code].shift?.most ?? 0);
/** 1 for each operation on a kernel object. */
export const isKernels = Uint8Array.from(operations, ({ span }) => (span === 'kernel' ? 1 : 0));
export const by = table((code) => operations[code].shift?.by ?? 0);
