import * as atomic from '../shared/atomics.ts';
import type { Board } from './board.ts';
import { Flag, Run, SAID, SAID_WORDS } from './control.ts';

/**
 * What student code prints is kept while a run is replayed, and dropped while hunting. Entries lie one behind the
 * other: process, length, then the UTF-16 units, one a word.
 */
export function printer({ control, me }: Board): (text: string) => void {
  return (text) => {
    if ((control[Run.FLAGS] & Flag.POSITIONS) === 0) return;
    const length = Math.min(text.length, 500);
    const at = atomic.add(control, Run.SAID_LENGTH, length + 2);
    if (at + length + 2 > SAID_WORDS) return;
    control[SAID + at] = me;
    control[SAID + at + 1] = length;
    for (let i = 0; i < length; i++) control[SAID + at + 2 + i] = text.charCodeAt(i);
  };
}
