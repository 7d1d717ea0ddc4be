// Barriers of POSIX threads that processes share (pthread_barrier_wait(3p)).
import { createPage } from './page.ts';
import { initialise, inThreads } from './threads.ts';

const PTHREAD_BARRIER_SERIAL_THREAD = -1;

/** Creates a barrier for so many in memory of its own, and returns the descriptor of that. Throws SystemCallError. */
export const createBarrier = (parties: number): number =>
  createPage((address) => initialise('barrier', address, undefined, parties));

/** The call on a barrier at a given address. It gives 1 to one of those who wait, 0 to the others. */
export function barrierCalls() {
  const wait = inThreads('int pthread_barrier_wait(size_t at)');
  return {
    barrierWait: (at: number): number => {
      const given = wait(at);
      return given === PTHREAD_BARRIER_SERIAL_THREAD ? 1 : -given;
    },
  };
}
