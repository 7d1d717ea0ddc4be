// Which locks a process holds, as bits.
import type { ObjectNames } from '../process/object-names.ts';
import { HEAD } from '../shared/operation.ts';

/** Locks that are told apart. */
const MOST_LOCKS = 31;

export class Locks {
  #objects: ObjectNames = [];
  #locks: number[] = [];

  /** The objects of the case. */
  layOut(objects: ObjectNames): void {
    this.#objects = objects;
    const isLock = (o: number): boolean => objects[o].kind === 'mutex' || objects[o].kind === 'rwlock';
    this.#locks = [...objects.keys()].filter(isLock).slice(0, MOST_LOCKS);
  }

  /** Those that process `p` holds: `writing`, without those that it shares with others who read. */
  heldBy(p: number, writing: boolean, data: Int32Array): number {
    let held = 0;
    for (const [i, o] of this.#locks.entries()) {
      const { kind, at } = this.#objects[o];
      const holds =
        kind === 'mutex' ? data[at] === p + 1 : data[at] === -p - 1 || (!writing && data[at + HEAD + p] > 0);
      if (holds) held |= 1 << i;
    }
    return held;
  }
}
