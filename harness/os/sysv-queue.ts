// System V message queues (msgget(2), msgop(2), msgctl(2)).
import { orErrno, uninterrupted } from './descriptors.ts';
import { errorName, inC, SystemCallError } from './libc.ts';
import { Refused } from './refused.ts';
import { withFreeKey } from './sysv-key.ts';

/** Calls that do not wait (sys/ipc.h). */
export const IPC_NOWAIT = 0o4000;
const IPC_CREAT = 0o1000;
const IPC_EXCL = 0o2000;
const IPC_RMID = 0;
const IPC_SET = 1;
const IPC_STAT = 2;
const ENOSPC = 28;
const ENOSYS = 38;

/** struct msqid_ds in bytes, alike on x86-64 and arm64 (asm-generic/msgbuf.h), and its msg_qbytes. */
const MSQID_DS = 120;
const QBYTES = 88;

/** Creates a message queue for messages of `bytes` bytes in all, and returns its id. */
export function createSysvQueue(bytes: number): number {
  const get = inC('int msgget(int key, int flags)');
  const id = withFreeKey((key) => orErrno(get(key, IPC_CREAT | IPC_EXCL | 0o600) as number));
  if (id < 0) throw new Refused(`msgget failed: ${errorName(-id)}. ${reason(-id)}`);
  try {
    limit(id, bytes);
  } catch (e) {
    removeSysvQueue(id);
    throw e;
  }
  return id;
}

function reason(errno: number): string {
  if (errno === ENOSYS) return 'This kernel has no System V IPC (CONFIG_SYSVIPC).';
  if (errno === ENOSPC) {
    return 'There are as many message queues as this system allows: raise /proc/sys/kernel/msgmni, or remove some (ipcs -q, ipcrm).';
  }
  return 'Look at what ipcs -q shows.';
}

const control = (): ((id: number, command: number, state: Uint8Array | null) => number) => {
  const call = inC('int msgctl(int id, int command, uint8_t *state)');
  return (id, command, state) => orErrno(call(id, command, state) as number);
};

/** Sets how many bytes the queue holds. */
function limit(id: number, bytes: number): void {
  const state = new Uint8Array(MSQID_DS);
  const call = control();
  let result = call(id, IPC_STAT, state);
  if (result < 0) throw new SystemCallError('msgctl(IPC_STAT)', -result);
  new DataView(state.buffer).setBigUint64(QBYTES, BigInt(bytes), true);
  result = call(id, IPC_SET, state);
  if (result < 0) {
    throw new Refused(
      `msgctl(IPC_SET) failed: ${errorName(-result)}, for a queue of ${bytes} bytes. See /proc/sys/kernel/msgmnb for how many this system allows.`,
    );
  }
}

/** Removes the queue; those who wait in it get EIDRM. */
export function removeSysvQueue(id: number): void {
  control()(id, IPC_RMID, null);
}

/** Calls on message queues with the memory that begins at `address`; `at` counts bytes from there. */
export function sysvQueueCalls(address: number) {
  const send = inC('int msgsnd(int id, size_t message, size_t bytes, int flags)');
  const receive = inC('intptr_t msgrcv(int id, size_t message, size_t bytes, long type, int flags)');
  return {
    msgSend: (id: number, at: number, bytes: number, flags: number): number =>
      uninterrupted(() => send(id, address + at, bytes, flags) as number),
    msgReceive: (id: number, at: number, most: number, type: number, flags: number): number =>
      uninterrupted(() => Number(receive(id, address + at, most, type, flags))),
  };
}
