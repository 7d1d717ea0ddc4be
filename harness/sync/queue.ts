// What the death of a process means to a queue in which it waits: it is there no more, so that nobody wakes it in
// vain. What it was told already is lost with it: a signal, or the unit of a semaphore that was passed on to it.
import type { Operation } from '../shared/operation.ts';
import { isHere, leave } from './waiters.ts';

const abandon = (on: string, take: Operation['take']): Operation => ({
  code: -1,
  on,
  name: 'abandon',
  span: 'record',
  wakes: 'none',
  ofDeath: true,
  ready: isHere,
  take,
});

export const queueOperations = {
  abandonSemaphore: abandon('semaphore', (m, at, me) => {
    leave(m, at, me);
    return 0;
  }),
  /** Word 0 of a condition counts those who wait. */
  abandonCondition: abandon('condition', (m, at, me) => {
    leave(m, at, me);
    m[at]--;
    return 0;
  }),
};
