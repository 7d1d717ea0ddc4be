// Every operation of every object, numbered. The number stands in traces, so all processes, the referee and the
// model must agree on it: new operations are added at the end of their table, new tables at the end of the list.
import { eventCounterOperations } from '../ipc/event-counter.ts';
import { fifoOperations } from '../ipc/fifo.ts';
import { fileLockOperations } from '../ipc/file-lock.ts';
import { kernelDeaths } from '../ipc/operation.ts';
import { pipeOperations } from '../ipc/pipe.ts';
import { posixQueueOperations } from '../ipc/posix-queue.ts';
import { posixSemaphoreOperations } from '../ipc/posix-semaphore.ts';
import { pthreadMutexOperations } from '../ipc/pthread-mutex.ts';
import { pthreadRwlockOperations } from '../ipc/pthread-rwlock.ts';
import { recordLockOperations } from '../ipc/record-lock.ts';
import { remoteOperations } from '../ipc/remote-operations.ts';
import { rpcOperations } from '../ipc/rpc.ts';
import { signalOperations } from '../ipc/signal.ts';
import { socketPairOperations } from '../ipc/socket-pair.ts';
import { sysvQueueOperations } from '../ipc/sysv-queue.ts';
import { sysvSemaphoreOperations } from '../ipc/sysv-semaphore.ts';
import { tcpOperations } from '../ipc/tcp.ts';
import { udpOperations } from '../ipc/udp.ts';
import { unixDatagramOperations } from '../ipc/unix-datagram.ts';
import { unixSocketOperations } from '../ipc/unix-socket.ts';
import { always, type Operation } from '../shared/operation.ts';
import { atomicOperations } from './atomic.ts';
import { barrierOperations } from './barrier.ts';
import { channelOperations } from './channel.ts';
import { conditionOperations } from './condition.ts';
import { directOperations } from './direct.ts';
import { eventOperations } from './event.ts';
import { latchOperations } from './latch.ts';
import { mailboxOperations } from './mailbox.ts';
import { mutexOperations } from './mutex.ts';
import { freeBarrierOperations, pthreadBarrierOperations } from './pthread-barrier.ts';
import { freeConditionOperations, pthreadConditionOperations } from './pthread-condition.ts';
import { queueOperations } from './queue.ts';
import { robustOperations } from './robust.ts';
import { rwlockOperations } from './rwlock.ts';
import { semaphoreOperations } from './semaphore.ts';
import { undoOperations } from './undo.ts';

const step = (on: string, name: string, observes = false): Operation => ({
  code: -1,
  on,
  name,
  span: 'word',
  wakes: 'none',
  ready: always,
  take: () => 0,
  observes,
});

/** The steps that no table describes: accesses to cells and arrays, and steps of the problem's world. */
export const plainOperations = {
  read: step('cell', 'read', true),
  write: step('cell', 'write'),
  /** An event of the problem. The object is the event's number. */
  event: step('world', 'event'),
  /** Passing time: `sleep`, `me.think()`. */
  pause: step('world', 'pause'),
  /** A misuse that no table knows: an index outside an array, a wait without the mutex. It ends the run. */
  misuse: step('world', 'misuse'),
};

/** Under total store order: the oldest write in a store buffer reaches memory. A step of the buffer, not of its process. */
export const bufferOperations = { flush: step('buffer', 'flush') };

/**
 * A process is killed: what it has announced is dropped, and the others go on. A step of whoever kills it, as are those
 * that follow from its death (`onDeath` of shared objects).
 */
export const deathOperations = { killed: step('process', 'killed') };

export const tables: readonly Readonly<Record<string, Operation>>[] = [
  plainOperations,
  semaphoreOperations,
  mutexOperations,
  conditionOperations,
  rwlockOperations,
  barrierOperations,
  latchOperations,
  eventOperations,
  atomicOperations,
  bufferOperations,
  deathOperations,
  robustOperations,
  undoOperations,
  queueOperations,
  pipeOperations,
  kernelDeaths,
  posixQueueOperations,
  sysvQueueOperations,
  socketPairOperations,
  unixSocketOperations,
  unixDatagramOperations,
  tcpOperations,
  udpOperations,
  channelOperations,
  mailboxOperations,
  directOperations,
  posixSemaphoreOperations,
  sysvSemaphoreOperations,
  pthreadMutexOperations,
  eventCounterOperations,
  fileLockOperations,
  recordLockOperations,
  pthreadRwlockOperations,
  fifoOperations,
  pthreadConditionOperations,
  freeConditionOperations,
  pthreadBarrierOperations,
  freeBarrierOperations,
  signalOperations,
  rpcOperations,
  remoteOperations,
];

/** All operations, each at the index that is its code. */
export const operations: readonly Operation[] = tables.flatMap((table) => Object.values(table));
operations.forEach((operation, code) => {
  operation.code = code;
});

/** For each operation, 1 where it is a step of a process's death, not of the process. */
export const deaths: Uint8Array = Uint8Array.from(operations, ({ ofDeath }, code) =>
  ofDeath || code === deathOperations.killed.code ? 1 : 0,
);
