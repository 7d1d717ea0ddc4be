import { streamCalls } from '../os/descriptors.ts';
import { fifoCalls } from '../os/fifo.ts';
import { fileLockCalls } from '../os/file-lock.ts';
import { mapPage, unmapPage } from '../os/page.ts';
import { posixQueueCalls } from '../os/posix-queue.ts';
import { semaphoreCalls } from '../os/posix-semaphore.ts';
import { barrierCalls } from '../os/pthread-barrier.ts';
import { conditionCalls } from '../os/pthread-condition.ts';
import { mutexCalls } from '../os/pthread-mutex.ts';
import { rwlockCalls } from '../os/pthread-rwlock.ts';
import { signalCalls } from '../os/signal.ts';
import { socketCalls } from '../os/socket-calls.ts';
import { sysvQueueCalls } from '../os/sysv-queue.ts';
import { setCalls } from '../os/sysv-semaphore.ts';
import type { Calls } from '../shared/kernel.ts';

/** The calls of the system that handles of kernel objects make, on a buffer that begins at `address`. */
export const callsAt = (address: number): Calls => ({
  ...streamCalls(address),
  ...fifoCalls(),
  ...posixQueueCalls(address),
  ...sysvQueueCalls(address),
  ...socketCalls(address),
  map: mapPage,
  unmap: unmapPage,
  ...semaphoreCalls(),
  ...setCalls(address),
  ...mutexCalls(),
  ...rwlockCalls(),
  ...conditionCalls(),
  ...barrierCalls(),
  ...fileLockCalls(),
  ...signalCalls(),
});
