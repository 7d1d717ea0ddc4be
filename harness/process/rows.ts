// The operations as the driver of controlled runs has them: what is asked of them at every step, as plain numbers in
// the order of their codes, so that the common ones are taken without calling anything.
import { always } from '../shared/operation.ts';
import { mutexOperations } from '../sync/mutex.ts';
import { operations } from '../sync/operations.ts';

const { lock, unlock } = mutexOperations;

/** How it is known whether a step may be taken. */
const Kind = {
  /** It may always be taken. */
  ALWAYS: 0,
  /** It may be taken while the word is in the range of its shift. */
  RANGE: 1,
  /** Its table has to be asked. */
  ASK: 2,
} as const;

const table = (number: (code: number) => number): Int32Array =>
  Int32Array.from(operations, (_, code) => number(code));

/** The range of words that a shift may begin with; of other operations 0. */
export const least = table((code) => operations[code].shift?.least ?? 0);
export const most = table((code) => operations[code].shift?.most ?? 0);

const kindOf = (code: number): number => {
  const { shift, misuse, giveUp, ready } = operations[code];
  if (giveUp !== undefined || ready === always) return Kind.ALWAYS;
  if (code === lock.code) return Kind.RANGE; // while the word is 0
  return shift !== undefined && misuse === undefined ? Kind.RANGE : Kind.ASK;
};

/** 1 for each operation whose table has to be asked whether it may be taken. */
export const isAsked = table((code) => (kindOf(code) === Kind.ASK ? 1 : 0));

/** The others may be taken while the word is from this … */
export const readyFrom = table((code) => (kindOf(code) === Kind.ALWAYS ? -(2 ** 31) : least[code]));
/** … to this. */
export const readyTo = table((code) => (kindOf(code) === Kind.ALWAYS ? 2 ** 31 - 1 : most[code]));

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
/** 1 for each operation on a kernel object. */
export const isKernels = Uint8Array.from(operations, ({ span }) => (span === 'kernel' ? 1 : 0));
/** What a shift adds to the word. */
export const shiftBy = table((code) => operations[code].shift?.by ?? 0);
