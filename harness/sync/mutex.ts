// Mutual exclusion with an owner: the word is 0, or the owner's number plus one.
import { arena, made, place } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import { attempt, onWord, timed } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';
import { robustOperations } from './robust.ts';

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

/** A mutex that outlives its owner. */
export interface RobustMutex extends Mutex {
  /** Whether the caller holds it and an owner before was killed: what it guards may be half changed (EOWNERDEAD). */
  readonly ownerDied: boolean;
  /**
   * Says that what it guards is whole again (pthread_mutex_consistent(3)). Unlocked without that, it can never be
   * locked again. Where there was no death it is misuse.
   */
  consistent(): void;
}

// The four methods again, with operations that are constants: taken from fields they cost half as much again.
class InheritedMutex extends LockedMutex implements RobustMutex {
  readonly #object: Shared;
  readonly #way: Way;
  constructor(object: Shared, way: Way) {
    super(object, way);
    this.#object = object;
    this.#way = way;
  }
  override lock(): void {
    this.#way.act(robustOperations.lock, this.#object, 0);
  }
  override tryLock(): boolean {
    return this.#way.test(robustOperations.tryLock, this.#object, 0);
  }
  override timedLock(milliseconds: number): boolean {
    return this.#way.test(robustOperations.timedLock, this.#object, 0, duration(milliseconds));
  }
  override unlock(): void {
    this.#way.act(robustOperations.unlock, this.#object, 0);
  }
  get ownerDied(): boolean {
    return this.#way.test(robustOperations.ownerDied, this.#object, 0);
  }
  consistent(): void {
    this.#way.act(robustOperations.consistent, this.#object, 0);
  }
}

sealed(LockedMutex, InheritedMutex);

/**
 * Creates a mutex that nobody holds.
 * @param options.robust whether it can be locked again when its owner is killed. Default false: then nobody ever can.
 */
export function mutex(options: { robust: true }): RobustMutex;
export function mutex(options?: { robust?: boolean }): Mutex;
export function mutex(options: { robust?: boolean } = {}): Mutex {
  if (options.robust) {
    const object = place('mutex', 0, 0, 1, robustOperations.inherit);
    return made(new InheritedMutex(object, arena().way), object);
  }
  const object = place('mutex', 0, 0);
  return made(new LockedMutex(object, arena().way), object);
}
