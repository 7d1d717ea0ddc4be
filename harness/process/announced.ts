// The steps that a process has announced: the one it stands at, in its slot, and behind it a queue of those that its
// role has come to since. A role need not wait for a step that gives it no result, so it goes on and announces the
// next one; each is taken later, by whoever drives, in its turn among the steps of all.
import type { Announced } from '../schedule/strategy.ts';
import { bufferOperations, operations, plainOperations } from '../sync/operations.ts';
import { QUEUE_LENGTH, Slot, STEP_WORDS, Status, slotOf } from './control.ts';

/** What is added to a slot's first word, so that `Slot.OPERATION` is the first word of the queue. */
const QUEUE_BASE = Slot.QUEUE - Slot.OPERATION;

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
  const place = (control[slot + Slot.FRONT] + announced) & (QUEUE_LENGTH - 1);
  const to = slot + QUEUE_BASE + place * STEP_WORDS;
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

/** What the last step of the process whose slot begins at `slot` gave it. */
export function resultOf(doubles: Float64Array, slot: number): number {
  const result = doubles[(slot + Slot.RESULT) >> 1];
  const whole = result | 0; // handed on as a small integer, the engine need not put it into an object
  return whole === result && whole !== 0 ? whole : result;
}

/** Whether there is room for one more. */
export const mayGoAhead = (control: Int32Array, slot: number): boolean =>
  control[slot + Slot.ANNOUNCED] < QUEUE_LENGTH;

/** Where the step at which a process stands lies: add `Slot.OPERATION` and the like. */
export const standsAt = (control: Int32Array, slot: number): number =>
  slot + QUEUE_BASE + control[slot + Slot.FRONT] * STEP_WORDS;

/** Where the announced step with number `n`, from 0, lies. */
export const announcedAt = (control: Int32Array, slot: number, n: number): number =>
  slot + QUEUE_BASE + ((control[slot + Slot.FRONT] + n) & (QUEUE_LENGTH - 1)) * STEP_WORDS;

/**
 * The first step was taken: the next one becomes the first, or the role goes on, or it has ended.
 * @returns whether there is a next one
 */
export function advance(control: Int32Array, slot: number): boolean {
  const left = control[slot + Slot.ANNOUNCED] - 1;
  control[slot + Slot.ANNOUNCED] = left;
  control[slot + Slot.FRONT] = (control[slot + Slot.FRONT] + 1) & (QUEUE_LENGTH - 1);
  if (left > 0) return true;
  control[slot + Slot.STATUS] = control[slot + Slot.ENDED]; // MOVING where it has not ended
  return false;
}

const { event, pause, misuse } = plainOperations;
const { flush } = bufferOperations;
const releases: ReadonlySet<string> = new Set(['unlock', 'post']);

/**
 * Whether the place of a step among those of others matters even where no two processes race for plain data: events,
 * and what is done to synchronisation objects, save giving back. A release that comes earlier only lets more happen
 * (a left mover: Lipton, "Reduction", CACM 18(12), 1975).
 */
export const synchronises = (code: number): boolean =>
  code === event.code || (code > misuse.code && code !== flush.code && !releases.has(operations[code].name));
const synchronising: readonly boolean[] = operations.map(({ code }) => synchronises(code));

/** The first announced step of each process, for strategies. */
export const announcedIn = (control: Int32Array): Announced => ({
  object(p) {
    const step = standsAt(control, slotOf(p));
    const code = control[step + Slot.OPERATION];
    return code === event.code || code === pause.code ? -1 : control[step + Slot.OBJECT];
  },
  index: (p) => control[standsAt(control, slotOf(p)) + Slot.INDEX],
  writes: (p) => operations[control[standsAt(control, slotOf(p)) + Slot.OPERATION]].observes !== true,
  synchronises: (p) => synchronising[control[standsAt(control, slotOf(p)) + Slot.OPERATION]],
});
