// A semaphore with SEM_UNDO (semop(2)): it keeps for each process what that has taken and not given back, and the death
// of the process undoes it. What it has given and not taken is undone too, as far as there are units.
//
// The record is that of waiters, who are none, and behind it a word for each process: units taken less units given.
import { arena, made } from '../shared/arena.ts';
import { always, attempt, type Operation, timed, type Words } from '../shared/operation.ts';
import { Counting, counter, overflow, SEMAPHORE_MAX, type Semaphore } from './counting.ts';
import { extraWord, placeWithWaiters } from './waiters.ts';

const row = (name: string, rest: Partial<Operation> & Pick<Operation, 'take'>): Operation => ({
  code: -1,
  on: 'semaphore',
  name,
  span: 'record',
  ready: always,
  ...rest,
});

const taken = (m: Words, at: number, p: number): number => extraWord(m, at) + p;

const wait = row('wait', {
  wakes: 'none',
  ready: (m, at) => m[at] > 0,
  take: (m, at, me) => {
    m[at]--;
    m[taken(m, at, me)]++;
    return 0;
  },
});

const post = row('post', {
  misuse: (m, at) => overflow(m[at]),
  take: (m, at, me) => {
    m[at]++;
    m[taken(m, at, me)]--;
    return 0;
  },
});

/** The result is the units that come back; less than 0 where some go. */
const undo = row('undo', {
  ofDeath: true,
  ready: (m, at, me) => m[taken(m, at, me)] !== 0,
  take: (m, at, me) => {
    const before = m[at];
    m[at] = Math.min(SEMAPHORE_MAX, Math.max(0, before + m[taken(m, at, me)]));
    m[taken(m, at, me)] = 0;
    return m[at] - before;
  },
});

const count = counter();
const tryWait = attempt(wait, 'tryWait');
const timedWait = timed(wait, 'timedWait');

export const undoOperations = { wait, tryWait, timedWait, post, count, undo };

/** Creates such a semaphore with `initial` units. */
export function undoSemaphore(initial: number): Semaphore {
  const a = arena();
  const object = placeWithWaiters('semaphore', initial, a.processes, undo);
  return made(new Counting(object, a.way, undoOperations), object);
}
