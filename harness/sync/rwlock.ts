// A lock for many readers or one writer, readers preferred: a reader enters while others read, even if a writer
// waits. The word is the number of readers, or minus the writer's number minus one. The record counts the read
// locks of each process, so that a stranger's unlock is told from a reader's.
import { arena, made, place } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import { always, attempt, HEAD, type Operation, timed, type Words } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';

const row = (name: string, rest: Partial<Operation> & Pick<Operation, 'take'>): Operation => ({
  code: -1,
  on: 'rwlock',
  name,
  span: 'record',
  ready: always,
  ...rest,
});

const readLock = row('readLock', {
  wakes: 'none',
  ready: (m, at) => m[at] >= 0,
  take: (m, at, me) => {
    m[at]++;
    m[at + HEAD + me]++;
    return 0;
  },
});

const writeLock = row('writeLock', {
  wakes: 'none',
  ready: (m, at) => m[at] === 0,
  take: (m, at, me) => {
    m[at] = -me - 1;
    return 0;
  },
});

const unlock = row('unlock', {
  misuse: (m, at, me) => {
    if (m[at] === -me - 1 || m[at + HEAD + me] > 0) return undefined;
    return m[at] === 0 ? 'unlock of a lock that nobody holds' : 'unlock of a lock that other processes hold';
  },
  take: (m, at, me) => {
    if (m[at] < 0) m[at] = 0;
    else {
      m[at]--;
      m[at + HEAD + me]--;
    }
    return 0;
  },
});

export const rwlockOperations = {
  readLock,
  tryReadLock: attempt(readLock, 'tryReadLock'),
  timedReadLock: timed(readLock, 'timedReadLock'),
  writeLock,
  tryWriteLock: attempt(writeLock, 'tryWriteLock'),
  timedWriteLock: timed(writeLock, 'timedWriteLock'),
  unlock,
};
const operations = rwlockOperations;

/** Which of `processes` processes read under the lock at `at`. */
export const readersOf = (m: Words, at: number, processes: number): number[] =>
  Array.from({ length: processes }, (_, p) => p).filter((p) => m[at + HEAD + p] > 0);

/** A readers–writer lock that all processes of the run see. */
export interface Rwlock {
  /** Blocks while a process writes (pthread_rwlock_rdlock(3p)). */
  readLock(): void;
  /** As `readLock`, but never blocks; says whether it holds the lock. */
  tryReadLock(): boolean;
  /** As `readLock`; gives up after `milliseconds` and returns false. */
  timedReadLock(milliseconds: number): boolean;
  /** Blocks while any process reads or writes (pthread_rwlock_wrlock(3p)). */
  writeLock(): void;
  /** As `writeLock`, but never blocks; says whether it holds the lock. */
  tryWriteLock(): boolean;
  /** As `writeLock`; gives up after `milliseconds` and returns false. */
  timedWriteLock(milliseconds: number): boolean;
  /** Lets go of what the caller holds, for reading or writing. By others it is misuse. */
  unlock(): void;
}

class ReadersFirst implements Rwlock {
  readonly #object: Shared;
  readonly #way: Way;
  constructor(object: Shared, way: Way) {
    this.#object = object;
    this.#way = way;
  }
  readLock(): void {
    this.#way.act(operations.readLock, this.#object, 0);
  }
  tryReadLock(): boolean {
    return this.#way.test(operations.tryReadLock, this.#object, 0);
  }
  timedReadLock(milliseconds: number): boolean {
    return this.#way.test(operations.timedReadLock, this.#object, 0, duration(milliseconds));
  }
  writeLock(): void {
    this.#way.act(operations.writeLock, this.#object, 0);
  }
  tryWriteLock(): boolean {
    return this.#way.test(operations.tryWriteLock, this.#object, 0);
  }
  timedWriteLock(milliseconds: number): boolean {
    return this.#way.test(operations.timedWriteLock, this.#object, 0, duration(milliseconds));
  }
  unlock(): void {
    this.#way.act(operations.unlock, this.#object, 0);
  }
}

sealed(ReadersFirst);

/** Creates a readers–writer lock that nobody holds. */
export function rwlock(): Rwlock {
  const object = place('rwlock', arena().processes, 0);
  return made(new ReadersFirst(object, arena().way), object);
}
