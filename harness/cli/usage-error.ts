import { BadInput } from '../check/verdict.ts';

/** The command was called in a way that it does not know. The message names the word and the next step. */
export class UsageError extends BadInput {}
