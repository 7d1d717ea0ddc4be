import type MagicString from 'magic-string';
import type { Program } from './program.ts';

/** One change of a program. */
export interface Change {
  /** For people: `leaves out lock.unlock()`. */
  readonly what: string;
  /** Where: an offset into the program's text. */
  readonly at: number;
  readonly edit: (text: MagicString) => void;
}

/** Finds every place where a program can be changed in one way. */
export type Operator = (program: Program) => Change[];

/** Operators by name. */
export type Family = Readonly<Record<string, Operator>>;
