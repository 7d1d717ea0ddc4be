import { expect, it } from 'vitest';
import { inC } from '../../harness/os/libc.ts';
import { confinementOf } from '../../harness/os/proc.ts';
import { examine } from '../../harness/process/doctor.ts';

it('doctor starts a worker, and says that its system calls are filtered and its memory is limited', async () => {
  const worker = (await examine()).find((one) => one.name === 'worker processes');
  expect(worker).toEqual({
    name: 'worker processes',
    ok: true,
    found: 'start; system calls filtered, memory 1024 MB at most',
  });
});
it('it looks at the process itself: the one that tests has another limit', () => {
  expect(confinementOf(process.pid).memory).not.toBe(2 ** 30);
});
it('it makes message queues, and says what is in the way where it cannot', async () => {
  const RLIMIT_MSGQUEUE = 12;
  const queues = async (): Promise<unknown> => (await examine()).find((one) => one.name === 'message queues');
  expect(await queues()).toEqual({ name: 'message queues', ok: true, found: 'POSIX and System V' });
  const limits = new BigUint64Array(2);
  inC('int getrlimit(int resource, uint64_t *limits)')(RLIMIT_MSGQUEUE, limits);
  const set = inC('int setrlimit(int resource, uint64_t *limits)');
  set(RLIMIT_MSGQUEUE, new BigUint64Array([1000n, limits[1]]));
  try {
    expect(await queues()).toMatchObject({ ok: false, found: expect.stringContaining('RLIMIT_MSGQUEUE') });
  } finally {
    set(RLIMIT_MSGQUEUE, limits);
  }
});
it('it makes sockets', async () => {
  const sockets = (await examine()).find((one) => one.name === 'sockets');
  expect(sockets).toEqual({ name: 'sockets', ok: true, found: 'Unix-domain, TCP and UDP on loopback' });
});
