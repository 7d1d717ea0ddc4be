// Steps on kernel objects, as guarded transitions. What the kernel holds cannot be seen from outside, so the word counts
// how often the object was touched, and the record holds for each process the count at which it last had to wait. Such
// a process is enabled again once another one has touched the object: it tries again, and may have to wait again.

import { NOT_YET, NOTHING_DONE } from '../shared/kernel.ts';
import { always, HEAD, type Operation } from '../shared/operation.ts';

/** Stands in a record for a process that is dead. */
const DEAD = -1;

/** What a process that was killed had open of a kernel object is closed. */
const closed: Operation = {
  code: -1,
  on: 'kernel',
  name: 'closed',
  span: 'record',
  ofDeath: true,
  ready: (m, at, me) => m[at + HEAD + me] !== DEAD,
  take: (m, at, me) => {
    m[at + HEAD + me] = DEAD;
    m[at] = (m[at] + 1) | 0;
    return 0;
  },
};
export const kernelDeaths = { closed };

/** What there is to say of an operation besides: see `Operation`. */
type InWords = Pick<Operation, 'given' | 'shows' | 'until' | 'since' | 'late' | 'units'>;

/** What is said of locks that are only tried, or waited for for a while. */
export const tries: InWords = { shows: () => '() → true' };

const EBUSY = 16;
const ETIMEDOUT = 110;

/** What a try came to that is made where a call would block: whoever has the lock is waited for. */
export const waiting = (given: number): number => (given === -EBUSY ? NOT_YET : given);
/** What a try came to, or a call that waits for a while. */
export const trying = (given: number): number =>
  given === -EBUSY || given === -ETIMEDOUT || given === NOT_YET ? NOTHING_DONE : given;

/** An operation on a kernel object. What its call gave comes in as the second argument of `take`. */
export const onKernelObject = (on: string, name: string, words: InWords = {}): Operation => ({
  ...words,
  code: -1,
  on,
  name,
  span: 'kernel',
  ready: (m, at, me) => m[at + HEAD + me] !== m[at],
  take: (m, at, me, _argument, given) => {
    if (given === NOT_YET) m[at + HEAD + me] = m[at];
    else m[at] = (m[at] + 1) | 0;
    return given;
  },
});

/** The same, but it never waits: where it would have to, it gives `NOTHING_DONE`, and the object is as it was. */
export const triesKernelObject = (on: string, name: string, words: InWords = {}): Operation => ({
  ...onKernelObject(on, name, words),
  ready: always,
  take: (m, at, _me, _argument, given) => {
    // Free runs say `NOT_YET` beforehand, and count nothing: whoever has to wait for ever must stand as it did.
    if (given !== NOTHING_DONE && given !== NOT_YET) m[at] = (m[at] + 1) | 0;
    return given;
  },
});

/**
 * The same, but it waits for a while. In controlled runs time is the schedule's: where it would have to wait, its time is
 * over as soon as it is its turn.
 */
export const timedOnKernelObject = (on: string, name: string, words: InWords = {}): Operation => ({
  ...triesKernelObject(on, name, words),
  giveUp: () => NOTHING_DONE,
});
