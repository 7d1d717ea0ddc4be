// The steps that a process has announced: the one it stands at, in its slot, and behind it a queue of those that its
// role has come to since. A role need not wait for a step that gives it no result, so it goes on and announces the
// next one; each is taken later, by whoever drives, in its turn among the steps of all.
import type { Announced } from '../schedule/strategy.ts';
import { operations, plainOperations } from '../sync/operations.ts';
import { QUEUE_LENGTH, Slot, STEP_WORDS, Status, slotOf } from './control.ts';

/** Announces a step of the process whose slot begins at `slot`, behind those it has announced already. */
export function announce(
  control: Int32Array,
  doubles: Float64Array,
  slot: number,
  operation: number,
  object: number,
  at: number,
  index: number,
  argument: number,
  second: number,
  element: number,
  value: number,
  listens: number,
): void {
  const announced = control[slot + Slot.ANNOUNCED];
  const place = (control[slot + Slot.FRONT] + announced - 1) & (QUEUE_LENGTH - 1);
  const to = slot + (announced === 0 ? 0 : Slot.QUEUE - Slot.OPERATION + place * STEP_WORDS);
  control[to + Slot.OPERATION] = operation;
  control[to + Slot.OBJECT] = object;
  control[to + Slot.AT] = at;
  control[to + Slot.INDEX] = index;
  control[to + Slot.ARGUMENT] = argument;
  control[to + Slot.SECOND] = second;
  control[to + Slot.ELEMENT] = element;
  control[to + Slot.LISTENS] = listens;
  doubles[(to + Slot.VALUE) >> 1] = value;
  control[slot + Slot.ANNOUNCED] = announced + 1;
  control[slot + Slot.STATUS] = Status.STANDING; // seen by others once they have their turn, or all have arrived
}

/** Whether there is room for one more. */
export const mayGoAhead = (control: Int32Array, slot: number): boolean =>
  control[slot + Slot.ANNOUNCED] <= QUEUE_LENGTH;

/** The first step was taken: the next one becomes the first, or the role goes on, or it has ended. */
export function advance(control: Int32Array, slot: number): void {
  const left = --control[slot + Slot.ANNOUNCED];
  const front = control[slot + Slot.FRONT];
  if (left > 0) {
    const from = slot + Slot.QUEUE + front * STEP_WORDS;
    for (let i = 0; i < STEP_WORDS; i++) control[slot + Slot.OPERATION + i] = control[from + i];
    control[slot + Slot.FRONT] = (front + 1) & (QUEUE_LENGTH - 1);
  } else {
    control[slot + Slot.FRONT] = 0;
    control[slot + Slot.STATUS] = control[slot + Slot.ENDED]; // MOVING where it has not ended
  }
}

const { event, pause } = plainOperations;

/** The first announced step of each process, for strategies. */
export const announcedIn = (control: Int32Array): Announced => ({
  object(p) {
    const code = control[slotOf(p) + Slot.OPERATION];
    return code === event.code || code === pause.code ? -1 : control[slotOf(p) + Slot.OBJECT];
  },
  index: (p) => control[slotOf(p) + Slot.INDEX],
  writes: (p) => operations[control[slotOf(p) + Slot.OPERATION]].observes !== true,
});
