// Total store order, as x86 processors have it: what a process writes waits in its store buffer, first in, first out, and
// reaches memory later. The process itself reads its own writes from there; others do not see them. Whatever changes
// a synchronisation object waits until the buffer is empty (Sewell, Sarkar, Owens, Zappa Nardelli, Myreen, "x86-TSO: a
// rigorous and usable programmer's model for x86 multiprocessors", CACM 53(7), 2010).
//
// A buffer is a process like others to strategies, schedules and traces: of n processes, number n + p is the buffer of
// process p. What it holds is the queue of its slot, and its one kind of step is `flush`.
import { operations, plainOperations } from '../sync/operations.ts';
import { announcedAt } from './announced.ts';
import { QUEUE_LENGTH, Slot } from './control.ts';

/** The most writes that a buffer holds: a process that writes more waits. */
export const MOST_BUFFERED = QUEUE_LENGTH;

/**
 * For each operation, 1 where it waits until the buffer is empty, as locked instructions do. What only observes does
 * not: on x86 an atomic load is a load like any other, and may come before the process's own earlier writes.
 */
export const fences: Uint8Array = Uint8Array.from(operations, ({ code, observes }) =>
  code > plainOperations.misuse.code && observes !== true ? 1 : 0,
);

/** Where in the buffer whose slot begins at `slot` the latest write of an element lies; -1 where it holds none. */
export function latestIn(control: Int32Array, slot: number, object: number, index: number): number {
  for (let n = control[slot + Slot.ANNOUNCED] - 1; n >= 0; n--) {
    const step = announcedAt(control, slot, n);
    if (control[step + Slot.OBJECT] === object && control[step + Slot.INDEX] === index) return step;
  }
  return -1;
}
