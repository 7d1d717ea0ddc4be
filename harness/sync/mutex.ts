// Mutual exclusion with an owner: the word is 0, or the owner's number plus one.
import { arena, made, place } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import { attempt, onWord, timed } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';

const lock = onWord('mutex', 'lock', { ready: (w) => w === 0, next: (_w, me) => me + 1, wakes: 'none' });
const tryLock = attempt(lock, 'tryLock');
const timedLock = timed(lock, 'timedLock');
const unlock = onWord('mutex', 'unlock', {
  next: () => 0,
  misuse: (w, me) => {
    if (w === me + 1) return undefined;
    return w === 0 ? 'unlock of a mutex that nobody holds' : 'unlock of a mutex that another process holds';
  },
  wakes: 'one',
});

export const mutexOperations = { lock, tryLock, timedLock, unlock };

/** A mutex that all processes of the run see. Not recursive: locking it twice is a deadlock with oneself. */
export interface Mutex {
  /** Blocks until nobody holds it, then holds it (pthread_mutex_lock(3p)). */
  lock(): void;
  /** Holds it if nobody does; says whether it did. Never blocks. */
  tryLock(): boolean;
  /** As `lock`; gives up after `milliseconds` and returns false. */
  timedLock(milliseconds: number): boolean;
  /** Lets it go. By any process but the holder it is misuse. */
  unlock(): void;
}

export class LockedMutex implements Mutex {
  readonly #object: Shared;
  readonly #way: Way;
  constructor(object: Shared, way: Way) {
    this.#object = object;
    this.#way = way;
  }
  lock(): void {
    this.#way.act(lock, this.#object, 0);
  }
  tryLock(): boolean {
    return this.#way.test(tryLock, this.#object, 0);
  }
  timedLock(milliseconds: number): boolean {
    return this.#way.test(timedLock, this.#object, 0, duration(milliseconds));
  }
  unlock(): void {
    this.#way.act(unlock, this.#object, 0);
  }
  /** The object behind `m`; undefined where it is no mutex. */
  static objectOf(m: unknown): Shared | undefined {
    return typeof m === 'object' && m !== null && #object in m ? m.#object : undefined;
  }
}

sealed(LockedMutex);

/** Creates a mutex that nobody holds. */
export function mutex(): Mutex {
  const object = place('mutex', 0, 0);
  return made(new LockedMutex(object, arena().way), object);
}
