// What the handles of kernel objects (pipes, sockets, message queues …) see of the system: numbers only. The objects
// are made by the referee before the run; a process is given its own descriptors of them, as a child is after fork(2).

/** What an attempt gives where the call would block: minus EAGAIN, the same number on all Linux platforms. */
export const NOT_YET = -11;

/** POSIX semaphores, at an address of this process (sem_overview(7)). */
export interface SemaphoreCalls {
  semWait(at: number): number;
  /** Gives `NOT_YET` where there is no unit. */
  semTryWait(at: number): number;
  semTimedWait(at: number, milliseconds: number): number;
  semPost(at: number): number;
  semValue(at: number): number;
}

/** Mutexes of POSIX threads, at an address of this process (pthread_mutex_lock(3p)). */
export interface MutexCalls {
  /** Gives 1 where the owner before has died (EOWNERDEAD). */
  mutexLock(at: number): number;
  /** Gives minus EBUSY where somebody holds it. */
  mutexTryLock(at: number): number;
  mutexTimedLock(at: number, milliseconds: number): number;
  mutexUnlock(at: number): number;
  mutexConsistent(at: number): number;
  /** Does to a robust mutex what the kernel does when the process ends that holds it, as this one does. */
  mutexAbandon(at: number): void;
}

/** Read-write locks of POSIX threads, at an address of this process (pthread_rwlock_rdlock(3p)). */
export interface RwlockCalls {
  rwlockReadLock(at: number): number;
  /** Gives minus EBUSY where it would have to wait. */
  rwlockTryReadLock(at: number): number;
  rwlockWriteLock(at: number): number;
  /** Gives minus EBUSY where it would have to wait. */
  rwlockTryWriteLock(at: number): number;
  rwlockUnlock(at: number): number;
}

/** Condition variables of POSIX threads, at an address of this process (pthread_cond_wait(3p)). All of them wait. */
export interface ConditionCalls {
  /** Gives 1 where the owner of the mutex before has died (EOWNERDEAD). */
  conditionWait(at: number, mutex: number): number;
  conditionTimedWait(at: number, mutex: number, milliseconds: number): number;
  conditionSignal(at: number): number;
  conditionBroadcast(at: number): number;
}

/** Barriers of POSIX threads, at an address of this process (pthread_barrier_wait(3p)). */
export interface BarrierCalls {
  /** Waits. Gives 1 to one of those who did, 0 to the others. */
  barrierWait(at: number): number;
}

/** Sets of System V semaphores. */
export interface SemaphoreSetCalls {
  /** semop(2); `at` is the place of the first of `count` operations in the process's own buffer. */
  semop(id: number, at: number, count: number): number;
  /** semctl(2), GETVAL. */
  semGetValue(id: number, semaphore: number): number;
}

/** Locks on files. */
export interface FileLockCalls {
  /** flock(2). */
  flock(fd: number, operation: number): number;
  /** fcntl(2), F_OFD_SETLK or, where it waits, F_OFD_SETLKW. */
  lockRange(fd: number, type: number, start: number, length: number, waits: boolean): number;
}

/** What a form that does not wait, or no longer, gives where it would have to. No errno: those go to 4,095. */
export const NOTHING_DONE = -4096;

/** Calls on POSIX message queues (mq_overview(7)). */
export interface PosixQueueCalls {
  /** mq_timedsend(3). Waits for `milliseconds` at most; for ever where that is below 0. */
  mqSend(fd: number, at: number, bytes: number, priority: number, milliseconds: number): number;
  /** mq_timedreceive(3). Gives 65,536 times the priority plus the bytes. */
  mqReceive(fd: number, at: number, most: number, milliseconds: number): number;
  /** The messages in it (mq_getattr(3)). */
  mqCount(fd: number): number;
}

/** Calls on System V message queues. At `at` lies the message's type, a 64-bit number; its bytes lie behind that. */
export interface SysvQueueCalls {
  /** msgsnd(2). */
  msgSend(id: number, at: number, bytes: number, flags: number): number;
  /** msgrcv(2). Gives the bytes. */
  msgReceive(id: number, at: number, most: number, type: number, flags: number): number;
}

/** Calls on sockets: see os/socket-calls.ts. */
export interface SocketCalls {
  /** connect(2) of a Unix-domain socket to the abstract name that is this number. */
  connectUnix(fd: number, name: number): number;
  /** connect(2) to this port on loopback. Waits until it is done, also in controlled runs. */
  connectTcp(fd: number, port: number): number;
  /** accept4(2). Gives the new descriptor. `capacity`: bytes of its buffer for sending; 0: what the system gives. */
  accept(fd: number, blocks: boolean, capacity: number): number;
  /** shutdown(2) of the direction in which this process sends. */
  shutdown(fd: number): number;
  /** shutdown(2) of a socket that listens: whoever waits in accept on it, in any process, gets EINVAL. */
  stopListening(fd: number): number;
  /** Waits for so many milliseconds at most until there is something to read, or the end (poll(2)). */
  comesWithin(fd: number, milliseconds: number): boolean;
  /** Waits until one of them has something to read, or has come to its end (poll(2)). Gives its place in the list. */
  firstReadable(fds: readonly number[]): number;
  /** send(2). */
  send(fd: number, at: number, bytes: number): number;
  /** Sends all of it. Waits until there is room for it, also in controlled runs. */
  sendAll(fd: number, at: number, bytes: number): number;
  /** Receives all of it. Waits until it is there, also in controlled runs. */
  receiveAll(fd: number, at: number, bytes: number): number;
  /** Waits until something is there that is on its way: bytes, the end of them, or that the connection is no more. */
  arrival(fd: number, what: 'data' | 'end' | 'hangup'): void;
  /** Sends a datagram from one to the other, and waits for what becomes of it. Gives -1 where it was dropped. */
  deliver(sender: number, receiver: number, at: number, bytes: number): number;
}

/** Signals between processes (signal(7)), which have numbers of the lab's own: 0 SIGUSR1, 1 SIGUSR2, from 2 on SIGRTMIN. */
export interface SignalCalls {
  /** Sends to the process behind a descriptor (pidfd_send_signal(2)). `from`: what it is told of its sender. */
  signalSend(to: number, signal: number, value: number, from: number): number;
  /**
   * Takes one of the signals whose bits are set in `which`, and gives its number (sigtimedwait(2)). Waits for
   * `milliseconds` at most, for ever where that is below 0, and gives `NOT_YET` then.
   */
  signalTake(which: number, milliseconds: number): number;
  /** What the signal just taken told of its sender, and the value that came with it. */
  signalFrom(): number;
  signalValue(): number;
  /** The signals that are pending, a bit for each (sigpending(2)). */
  signalsPending(): number;
  /** Takes all that are pending. */
  signalsForgotten(): void;
}

/** Calls on FIFOs (fifo(7)). */
export interface FifoCalls {
  /**
   * Opens one end of the FIFO that `file` stands for, with room for `capacity` bytes. Gives the descriptor.
   * @param blocks whether it waits for the other end (open(2)). Else the end is open at once, and calls on it do not wait
   */
  openFifo(file: number, end: 'reader' | 'writer', capacity: number, blocks: boolean): number;
}

/**
 * Calls of the system. All give a whole number: what the call gives, or minus its errno. They block in free runs; in
 * controlled runs they give `NOT_YET` instead. `at` is a place in the process's own buffer, in bytes.
 */
export interface Calls
  extends PosixQueueCalls,
    SysvQueueCalls,
    SocketCalls,
    SemaphoreCalls,
    MutexCalls,
    RwlockCalls,
    ConditionCalls,
    BarrierCalls,
    SemaphoreSetCalls,
    FileLockCalls,
    FifoCalls,
    SignalCalls {
  /** read(2). */
  read(fd: number, at: number, bytes: number): number;
  /** write(2). */
  write(fd: number, at: number, bytes: number): number;
  /** close(2). */
  close(fd: number): number;
  /** Maps the page of memory behind a descriptor (mmap(2)), and gives its address. */
  map(fd: number): number;
  unmap(address: number): void;
}

/** Options of an object: plain numbers. */
export type Options = Readonly<Record<string, number>>;

/** One object that a solution asks for. */
export interface Wanted {
  readonly kind: string;
  readonly options: Options;
}

export interface Kernel {
  readonly calls: Calls;
  /** The process's own buffer, through which bytes go to the system and come from it. */
  readonly buffer: Uint8Array;
  /**
   * This process's descriptors, and the numbers that go with them, of the next object. Empty where the referee does
   * not know yet what the solution asks for; the run is begun anew then, before any role has begun.
   */
  grant(kind: string, options: Options): readonly number[];
  /**
   * Puts memory of this kind, all 0, in the place of these words of the shared objects; whole pages. Does nothing in a
   * model.
   */
  map(kind: string, at: number, words: number): void;
  /** Something is open that has to be closed when the role ends; `close` does nothing where it was. */
  opened(close: () => void): void;
  /**
   * To be done when this process has left the run, however it did, and when it is killed: what the kernel would do at
   * the end of a process. No step. What is said last is done first.
   */
  atEnd(release: () => void): void;
}
