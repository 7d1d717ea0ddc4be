// A latch opens once, when it has been counted down to zero, and stays open.
import { arena, made, place } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import { attempt, onWord, shifting, timed } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';

const countDown = shifting(
  'latch',
  'countDown',
  { least: 1, most: 2 ** 31 - 1, by: -1 },
  { wakes: 'all', complaint: 'countDown of a latch that is open already' },
);
const wait = onWord('latch', 'wait', {
  ready: (n) => n === 0,
  next: (n) => n,
  wakes: 'none',
  observes: true,
});
const tryWait = attempt(wait, 'tryWait');
const timedWait = timed(wait, 'timedWait');

export const latchOperations = { countDown, wait, tryWait, timedWait };

/** A latch that all processes of the run see. */
export interface Latch {
  /** Counts down by one. Below zero it is misuse. */
  countDown(): void;
  /** Blocks until the count is zero. */
  wait(): void;
  /** Says whether the count is zero. Never blocks. */
  tryWait(): boolean;
  /** As `wait`; gives up after `milliseconds` and returns false. */
  timedWait(milliseconds: number): boolean;
}

class CountDownLatch implements Latch {
  readonly #object: Shared;
  readonly #way: Way;
  constructor(object: Shared, way: Way) {
    this.#object = object;
    this.#way = way;
  }
  countDown(): void {
    this.#way.act(countDown, this.#object, 0);
  }
  wait(): void {
    this.#way.act(wait, this.#object, 0);
  }
  tryWait(): boolean {
    return this.#way.test(tryWait, this.#object, 0);
  }
  timedWait(milliseconds: number): boolean {
    return this.#way.test(timedWait, this.#object, 0, duration(milliseconds));
  }
}

sealed(CountDownLatch);

/** Creates a latch that opens after `count` (0 to 2^31 - 1) calls of `countDown`. */
export function latch(count: number): Latch {
  if (!Number.isInteger(count) || count < 0 || count > 2 ** 31 - 1) {
    throw new RangeError(`latch(${count}): the count must be a whole number from 0 to ${2 ** 31 - 1}.`);
  }
  const object = place('latch', 0, count);
  return made(new CountDownLatch(object, arena().way), object);
}
