// A role that neither ends nor takes a step is found by counting, not by a clock: the compiler puts a tick into
// every loop and function of a solution, and a step sets the count back. So the verdict does not depend on how fast
// the machine is. (What loops inside a built-in, such as a regular expression, is left to the referee's watch.)

import { leavingBy } from '../shared/leaving.ts';

/** Ticks between two steps that make a loop endless; a tenth of a second or so. */
export const ENDLESS_TICKS = 20_000_000;

let ticks = 0;
let whenEndless: () => void = () => {};

/** One round of a loop, or one call of a function. */
export function tick(): void {
  if (++ticks > ENDLESS_TICKS) whenEndless();
}

/** A step was taken. */
export function resetTicks(): void {
  ticks = 0;
}

/** What happens when the count runs out; it may throw. */
export function onEndless(then: () => void): void {
  whenEndless = then;
  ticks = 0;
}

/** Thrown through a role that loops without a step. */
export const endless: unknown = leavingBy(
  Object.freeze(Object.assign(new Error('endless loop'), { stack: '' })),
);
