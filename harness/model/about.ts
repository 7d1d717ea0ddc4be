// What the step at which a process stands is about: two steps that are about different things commute, and so do two
// that only look.
import { Slot } from '../process/control.ts';
import { elementKey } from '../process/trace-record.ts';
import { deathOperations, operations, plainOperations } from '../sync/operations.ts';

const { event, pause, write } = plainOperations;
const { killed } = deathOperations;

/** Steps on nothing that others care for. */
export const ALONE = -1;
/** The problem's world, as an object. */
export const WORLD = 1;
/** The right to kill, as an object: how often is limited. A kill also depends on all that its process does. */
export const KILL = 2;

/**
 * What the step announced at word `step` is about: a number for each element of each object, or `ALONE`.
 * @param related for each event of the problem, whether its place among the others matters to a judge
 */
export function aboutOf(control: Int32Array, step: number, related: readonly boolean[]): number {
  const code = control[step + Slot.OPERATION];
  const object = control[step + Slot.OBJECT];
  if (code === pause.code) return ALONE;
  if (code === killed.code) return KILL;
  if (code === event.code) return related[object] ? WORLD : ALONE;
  return aboutElement(object, control[step + Slot.INDEX]);
}

/** What a step on this element of an object is about: no number that stands for something else. */
export const aboutElement = (object: number, index: number): number => elementKey(object + 1, index);

/** Whether the step only looks. */
export const looksOnly = (control: Int32Array, step: number): boolean =>
  operations[control[step + Slot.OPERATION]].observes === true;

/** Whether it reads or writes an element. */
export function isAccess(control: Int32Array, step: number): boolean {
  const code = control[step + Slot.OPERATION];
  return code === plainOperations.read.code || code === write.code;
}
