import { expect, it } from 'vitest';
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
