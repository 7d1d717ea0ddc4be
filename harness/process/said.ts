import * as atomic from '../shared/atomics.ts';
import type { Board } from './board.ts';
import { Flag, Run, SAID, SAID_WORDS } from './control.ts';

/** Longest text that is kept whole, in UTF-16 units. */
const LONGEST = 500;

/**
 * What student code prints is kept while a run is replayed, and dropped while hunting. Entries lie one behind the
 * other: process, length, then the UTF-16 units, one a word. The length of the first that finds no room is -1.
 */
export function printer({ control, me }: Board): (text: string) => void {
  return (text) => {
    if ((control[Run.FLAGS] & Flag.POSITIONS) === 0) return;
    // Looked at first, or a process that prints for ever would count past the largest number and begin again.
    if (control[Run.SAID_LENGTH] > SAID_WORDS) return;
    const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
    const { length } = shown;
    const at = atomic.add(control, Run.SAID_LENGTH, length + 2);
    if (at + length + 2 > SAID_WORDS) {
      if (at + 2 <= SAID_WORDS) control[SAID + at + 1] = -1;
      return;
    }
    control[SAID + at] = me;
    control[SAID + at + 1] = length;
    for (let i = 0; i < length; i++) control[SAID + at + 2 + i] = shown.charCodeAt(i);
  };
}
