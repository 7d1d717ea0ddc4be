// Condition variables of POSIX threads that processes share (pthread_cond_wait(3p)).
import { createPage } from './page.ts';
import { deadline, initialise, inThreads } from './threads.ts';

const EOWNERDEAD = 130;

/** Creates a condition variable in memory of its own, and returns the descriptor of that. Throws SystemCallError. */
export const createCondition = (): number => createPage((address) => initialise('cond', address));

/** The mutex is taken again, and perhaps its owner before has died. */
const taken = (error: number): number => (error === EOWNERDEAD ? 1 : -error);

/** The calls on a condition variable at a given address. They give 0, or minus the error number. */
export function conditionCalls() {
  const wait = inThreads('int pthread_cond_wait(size_t at, size_t mutex)');
  const timedWait = inThreads('int pthread_cond_timedwait(size_t at, size_t mutex, int64_t *deadline)');
  const signal = inThreads('int pthread_cond_signal(size_t at)');
  const broadcast = inThreads('int pthread_cond_broadcast(size_t at)');
  return {
    conditionWait: (at: number, mutex: number): number => taken(wait(at, mutex)),
    conditionTimedWait: (at: number, mutex: number, milliseconds: number): number =>
      taken(timedWait(at, mutex, deadline(milliseconds))),
    conditionSignal: (at: number): number => -signal(at),
    conditionBroadcast: (at: number): number => -broadcast(at),
  };
}
