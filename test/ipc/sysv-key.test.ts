import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { removeSysvSharedMemory } from '../../harness/os/shared-memory.ts';
import { abandonedOf } from '../../harness/os/sysv-key.ts';
import { removeSysvQueue } from '../../harness/os/sysv-queue.ts';
import { removeSet } from '../../harness/os/sysv-semaphore.ts';
import { inOwnProcess } from '../own-process.ts';

it.each([
  ['msg', 'sysv-queue', 'createSysvQueue(100)', removeSysvQueue],
  ['sem', 'sysv-semaphore', 'createSet([1, 2])', removeSet],
  ['shm', 'shared-memory', 'createSysvSharedMemory(4096)', removeSysvSharedMemory],
] as const)(
  'an object of kind %s is known for abandoned once its maker is dead, and not before',
  (kind, file, made, remove) => {
    const [maker] = made.split('(');
    const { stdout, signal } = inOwnProcess(`
    import { abandonedOf } from './harness/os/sysv-key.ts';
    import { ${maker} } from './harness/os/${file}.ts';
    const id = ${made};
    console.log(JSON.stringify({ id, early: abandonedOf('${kind}') }));
    process.kill(process.pid, 'SIGKILL');`);
    expect(signal).toBe('SIGKILL');
    const { id, early } = JSON.parse(stdout) as { id: number; early: number[] };
    try {
      expect(early).not.toContain(id);
      const list = readFileSync(`/proc/sysvipc/${kind}`, 'latin1');
      const line = list.split('\n').find((l) => l.trim().split(/\s+/)[1] === String(id)) as string;
      const key = Number(line.trim().split(/\s+/)[0]);
      const under = (other: number): string => list.replace(line, line.replace(String(key), String(other)));
      expect(abandonedOf(kind, list)).toContain(id);
      expect(abandonedOf(kind), 'by default').toContain(id);
      expect(abandonedOf(kind, under(key ^ (1 << 24))), 'a key that is not the lab’s').not.toContain(id);
    } finally {
      remove(id);
    }
  },
);
