// What each operation says about order, in one table.

import { kernelDeaths } from '../ipc/operation.ts';
import type { Operation } from '../shared/operation.ts';
import { atomicOperations } from '../sync/atomic.ts';
import { barrierOperations } from '../sync/barrier.ts';
import { channelOperations } from '../sync/channel.ts';
import { conditionOperations } from '../sync/condition.ts';
import { directOperations } from '../sync/direct.ts';
import { eventOperations } from '../sync/event.ts';
import { latchOperations } from '../sync/latch.ts';
import { mailboxOperations } from '../sync/mailbox.ts';
import { mutexOperations } from '../sync/mutex.ts';
import { operations } from '../sync/operations.ts';
import { pthreadBarrierOperations } from '../sync/pthread-barrier.ts';
import { pthreadConditionOperations } from '../sync/pthread-condition.ts';
import { queueOperations } from '../sync/queue.ts';
import { robustOperations } from '../sync/robust.ts';
import { rwlockOperations } from '../sync/rwlock.ts';
import { semaphoreOperations } from '../sync/semaphore.ts';
import { undoOperations } from '../sync/undo.ts';

/** What a step does; `IF` added: only where its result is 1. */
export const Act = {
  /** World events, pauses, accesses to data. */
  NOTHING: 0,
  /** The process learns what the object knows. */
  ACQUIRE: 1,
  /** From now on the object knows what the process knows, and nothing else. */
  RELEASE: 2,
  BOTH: 3,
  /** Learns, and releases where the result is 1: a comparison that fails has still read the value. */
  COMPARE: 4,
  /** The object learns what the process knows, besides what it knew. */
  ADD: 5,
  /** Releases, where it changed the word. */
  SWITCH: 6,
  /** Learns, and releases where it changed the word. */
  PASS: 7,
  /** Learns what the last writer and the readers since left. */
  LOCK_WRITE: 8,
  /** Releases as a writer, or adds to what readers left. */
  UNLOCK_EITHER: 9,
  /** Takes a unit. */
  TAKE: 10,
  /** Takes a unit where the result is 1, else waits. */
  TAKE_OR_WAIT: 11,
  PUT: 12,
  /** Passes a unit on to the waiter that was chosen; puts it down where none waits. */
  GIVE_NTH: 13,
  GIVE_LONGEST: 14,
  WAIT: 15,
  /** Learns what it was told, if it was. */
  GO_ON: 16,
  TELL_NTH: 17,
  TELL_ALL: 18,
  /** At a barrier: adds, and waits, or tells all who wait there what they all know. */
  ARRIVE: 19,
  /** Puts down as many units as there are more now; a death gives them back. */
  PUT_MANY: 20,
  /** On a kernel object: learns what was done to it before, and hands on; a call that fails does neither. */
  CALL: 21,
  /**
   * Hands a message on, with what the process knows, and learns from whoever made room for it; or meets the receiver, so
   * that each learns what the other one knows; or waits for one.
   */
  SEND: 22,
  /** The other way round. From what is closed it learns what the one knows who closed it. */
  RECEIVE: 23,
  /** Releases, and tells all who wait. */
  CLOSE: 24,
  IF: 32,
} as const;

type Table<T> = Readonly<Record<keyof T, number>>;

const counting = {
  wait: Act.TAKE,
  tryWait: Act.TAKE + Act.IF,
  timedWait: Act.TAKE + Act.IF,
  post: Act.PUT,
  // POSIX does not say that sem_getvalue(3) synchronises. Here it is an atomic load, like Java's availablePermits.
  count: Act.ACQUIRE,
};

const semaphores: Table<typeof semaphoreOperations> = {
  ...counting,
  arrive: Act.TAKE_OR_WAIT,
  timedArrive: Act.TAKE_OR_WAIT,
  tryArrive: Act.TAKE + Act.IF,
  granted: Act.GO_ON,
  timedGranted: Act.GO_ON,
  handoffPost: Act.GIVE_NTH,
  fifoPost: Act.GIVE_LONGEST,
};

const mutexes: Table<typeof mutexOperations> = {
  lock: Act.ACQUIRE,
  tryLock: Act.ACQUIRE + Act.IF,
  timedLock: Act.ACQUIRE + Act.IF,
  unlock: Act.RELEASE,
};

// What follows from a death comes after all that the dead process did: the kernel does it.
const robust: Table<typeof robustOperations> = {
  ...mutexes,
  consistent: Act.NOTHING,
  ownerDied: Act.NOTHING,
  inherit: Act.RELEASE,
};

const undone: Table<typeof undoOperations> = { ...counting, undo: Act.PUT_MANY };

const queues: Table<typeof queueOperations> = { abandonSemaphore: Act.GO_ON, abandonCondition: Act.GO_ON };

// The mutex that goes with a condition has steps of its own.
const conditions: Table<typeof conditionOperations> = {
  wait: Act.WAIT,
  woken: Act.GO_ON,
  timedWoken: Act.GO_ON,
  signal: Act.TELL_NTH,
  broadcast: Act.TELL_ALL,
};

// Readers are not ordered among themselves: they learn from writers only, and only writers learn from them.
const rwlocks: Table<typeof rwlockOperations> = {
  readLock: Act.ACQUIRE,
  tryReadLock: Act.ACQUIRE + Act.IF,
  timedReadLock: Act.ACQUIRE + Act.IF,
  writeLock: Act.LOCK_WRITE,
  tryWriteLock: Act.LOCK_WRITE + Act.IF,
  timedWriteLock: Act.LOCK_WRITE + Act.IF,
  unlock: Act.UNLOCK_EITHER,
};

const barriers: Table<typeof barrierOperations> = { wait: Act.ARRIVE, pass: Act.GO_ON };

const latches: Table<typeof latchOperations> = {
  countDown: Act.ADD,
  wait: Act.ACQUIRE,
  tryWait: Act.ACQUIRE + Act.IF,
  timedWait: Act.ACQUIRE + Act.IF,
};

const events: Table<typeof eventOperations> = {
  set: Act.SWITCH,
  reset: Act.SWITCH,
  isSet: Act.ACQUIRE,
  wait: Act.PASS,
  tryWait: Act.PASS + Act.IF,
  timedWait: Act.PASS + Act.IF,
};

// As in the memory models of C++ and ECMAScript: a load learns from the store that it reads, and what reads and
// writes in one step does both. A store alone does not hand on what others left.
const atomics: Table<typeof atomicOperations> = {
  load: Act.ACQUIRE,
  store: Act.RELEASE,
  add: Act.BOTH,
  exchange: Act.BOTH,
  compareAndSet: Act.COMPARE,
};

// As in the Go memory model (2022): a send comes before the receive that gets the message; a receive from what holds n
// messages before the n-th send after it; where the two meet, each comes before the end of the other; a close before
// a receive that finds it closed.
const mailboxes: Table<typeof mailboxOperations> = {
  send: Act.SEND,
  trySend: Act.SEND,
  timedSend: Act.SEND,
  receive: Act.RECEIVE,
  tryReceive: Act.RECEIVE + Act.IF,
  timedReceive: Act.RECEIVE,
};
const channels: Table<typeof channelOperations> = {
  ...mailboxes,
  sent: Act.GO_ON,
  timedSent: Act.GO_ON,
  received: Act.GO_ON,
  timedReceived: Act.GO_ON,
  close: Act.CLOSE,
  abandon: Act.GO_ON,
};

/** What the operation with this code does; NOTHING for the plain ones. */
export const acts = new Uint8Array(operations.length);

function enter<T extends Readonly<Record<string, Operation>>>(table: T, orders: Table<T>): void {
  for (const name of Object.keys(table) as (keyof T)[]) acts[table[name].code] = orders[name];
}
for (const { span, code } of operations) if (span === 'kernel') acts[code] = Act.CALL;
enter(kernelDeaths, { closed: Act.CALL });
enter(semaphoreOperations, semaphores);
enter(mutexOperations, mutexes);
enter(robustOperations, robust);
enter(undoOperations, undone);
enter(queueOperations, queues);
enter(conditionOperations, conditions);
enter(pthreadConditionOperations, { ...conditions, abandon: Act.GO_ON });
enter(pthreadBarrierOperations, barriers);
enter(rwlockOperations, rwlocks);
enter(barrierOperations, barriers);
enter(latchOperations, latches);
enter(eventOperations, events);
enter(atomicOperations, atomics);
enter(channelOperations, channels);
enter(mailboxOperations, mailboxes);
enter(directOperations, mailboxes);
