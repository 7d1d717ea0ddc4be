// A robust mutex: when its owner is killed it can be locked again, and the next owner is told that what it guards may be
// half changed (pthread_mutexattr_setrobust(3)). The word:
//
// | word     | meaning                                                                              |
// | -------- | ------------------------------------------------------------------------------------ |
// | 0        | nobody holds it                                                                      |
// | p + 1    | process p holds it                                                                   |
// | -1       | nobody holds it, and its owner has died                                              |
// | -2       | it cannot be recovered: it was let go before it was made consistent                  |
// | -p - 3   | process p holds it, whose owner before has died                                      |
import { attempt, onWord, timed } from '../shared/operation.ts';

const DIED = -1;
const LOST = -2;
const heir = (me: number): number => -me - 3;
const mine = (w: number, me: number): boolean => w === me + 1 || w === heir(me);

/** Whether the process `me` holds a mutex, robust or not, whose word is `w`. */
export const holds = mine;

/** The process that holds a mutex, robust or not, whose word is `w`; -1 where nobody does. */
export const ownerOf = (w: number): number => (w > 0 ? w - 1 : w < LOST ? -w - 3 : -1);

const lock = onWord('mutex', 'lock', {
  ready: (w) => w <= 0 && w >= LOST,
  misuse: (w) =>
    w === LOST
      ? 'lock of a mutex that cannot be recovered: after the death of an owner it was unlocked without consistent()'
      : undefined,
  next: (w, me) => (w === 0 ? me + 1 : heir(me)),
  wakes: 'none',
});

const unlock = onWord('mutex', 'unlock', {
  next: (w) => (w > 0 ? 0 : LOST),
  misuse: (w, me) => {
    if (mine(w, me)) return undefined;
    return ownerOf(w) < 0
      ? 'unlock of a mutex that nobody holds'
      : 'unlock of a mutex that another process holds';
  },
});

const consistent = onWord('mutex', 'consistent', {
  next: (_w, me) => me + 1,
  misuse: (w, me) =>
    w === heir(me)
      ? undefined
      : 'consistent() of a mutex that the caller does not hold after the death of its owner',
  wakes: 'none',
});

const ownerDied = onWord('mutex', 'ownerDied', {
  next: (w) => w,
  result: (w, me) => (w === heir(me) ? 1 : 0),
  wakes: 'none',
  observes: true,
});

/** The kernel goes through the list of the robust mutexes that a dead process held (get_robust_list(2)). */
const inherit = {
  ...onWord('mutex', 'inherit', { ready: mine, next: () => DIED, wakes: 'one' }),
  ofDeath: true,
};

export const robustOperations = {
  lock,
  tryLock: attempt(lock, 'tryLock'),
  timedLock: timed(lock, 'timedLock'),
  unlock,
  consistent,
  ownerDied,
  inherit,
};
