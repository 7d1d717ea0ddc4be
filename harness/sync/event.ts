// An event is a flag to wait for. A manual one stays set until it is reset; an automatic one lets a single waiter
// pass and resets itself. The word is 1 while it is set.
import { arena, made, place } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import { attempt, onWord, timed } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';

const set = onWord('event', 'set', { next: () => 1 });
const reset = onWord('event', 'reset', { next: () => 0, wakes: 'none' });
const isSet = onWord('event', 'isSet', { next: (w) => w, result: (w) => w, wakes: 'none', observes: true });
/** The argument is 1 for an automatic event. */
const wait = onWord('event', 'wait', {
  ready: (w) => w === 1,
  next: (w, _me, automatic) => (automatic ? 0 : w),
  wakes: 'none',
});
const tryWait = attempt(wait, 'tryWait');
const timedWait = timed(wait, 'timedWait');

export const eventOperations = { set, reset, isSet, wait, tryWait, timedWait };

/** An event that all processes of the run see. */
export interface Event {
  set(): void;
  reset(): void;
  /** Whether it is set now; another process may change it at once. */
  readonly isSet: boolean;
  /** Blocks until it is set. */
  wait(): void;
  /** As `wait`, but never blocks; says whether it was set. */
  tryWait(): boolean;
  /** As `wait`; gives up after `milliseconds` and returns false. */
  timedWait(milliseconds: number): boolean;
}

class FlagEvent implements Event {
  readonly #object: Shared;
  readonly #way: Way;
  readonly #automatic: number;
  constructor(object: Shared, automatic: boolean, way: Way) {
    this.#object = object;
    this.#automatic = automatic ? 1 : 0;
    this.#way = way;
  }
  set(): void {
    this.#way.act(set, this.#object, 0);
  }
  reset(): void {
    this.#way.act(reset, this.#object, 0);
  }
  get isSet(): boolean {
    return this.#way.test(isSet, this.#object, 0);
  }
  wait(): void {
    this.#way.act(wait, this.#object, this.#automatic);
  }
  tryWait(): boolean {
    return this.#way.test(tryWait, this.#object, this.#automatic);
  }
  timedWait(milliseconds: number): boolean {
    return this.#way.test(timedWait, this.#object, this.#automatic, duration(milliseconds));
  }
}

sealed(FlagEvent);

/**
 * Creates an event.
 * @param options.set whether it is set at first. Default false.
 * @param options.automatic whether it resets itself when a waiter passes. Default false.
 */
export function event(options: { set?: boolean; automatic?: boolean } = {}): Event {
  const object = place('event', 0, options.set ? 1 : 0);
  return made(new FlagEvent(object, options.automatic ?? false, arena().way), object);
}
