// System V semaphores (sysvipc(7)): sets with a number that the whole system knows, and that stays until it is removed.
import { orErrno, uninterrupted } from './descriptors.ts';
import { errorName, inC, SystemCallError } from './libc.ts';
import { Refused } from './refused.ts';
import { withFreeKey } from './sysv-key.ts';

const MINE_ALONE = 0o600;
const IPC_CREAT_EXCL = 0o3000;
const IPC_RMID = 0;
const GETVAL = 12;
const SETVAL = 16;
const ENOSPC = 28;

const semctl = (id: number, semaphore: number, command: number, value: number): number =>
  orErrno(
    inC('int semctl(int id, int semaphore, int command, ...)')(
      id,
      semaphore,
      command,
      'int',
      value,
    ) as number,
  );

/** Creates a set of semaphores with so many units, and returns its id. Throws SystemCallError. */
export function createSet(units: readonly number[]): number {
  const semget = inC('int semget(int key, int count, int flags)');
  const id = withFreeKey((key) => orErrno(semget(key, units.length, IPC_CREAT_EXCL | MINE_ALONE) as number));
  if (id < 0) throw new Refused(`semget failed: ${errorName(-id)}. ${reason(-id)}`);
  for (const [n, value] of units.entries()) {
    const error = semctl(id, n, SETVAL, value);
    if (error < 0) {
      removeSet(id);
      throw new SystemCallError(`semctl(SETVAL, ${value})`, -error);
    }
  }
  return id;
}

function reason(errno: number): string {
  if (errno === ENOSPC) {
    return 'There are as many semaphores as this system allows: raise /proc/sys/kernel/sem, or remove some (ipcs -s, ipcrm).';
  }
  return 'Look at what ipcs -s shows. A kernel without System V IPC (CONFIG_SYSVIPC) has none.';
}

/** Removes the set; whoever waits at it goes on with EIDRM. */
export function removeSet(id: number): void {
  semctl(id, 0, IPC_RMID, 0);
}

/** The calls on sets of semaphores, with operations in the memory that begins at `address`. */
export function setCalls(address: number) {
  const semop = inC('int semop(int id, size_t operations, size_t count)');
  return {
    semop: (id: number, at: number, count: number): number =>
      uninterrupted(() => semop(id, address + at, count) as number),
    semGetValue: (id: number, n: number): number => semctl(id, n, GETVAL, 0),
  };
}
