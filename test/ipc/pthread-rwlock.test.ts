import { afterAll, expect, it } from 'vitest';
import { KernelBench } from './locksmith.ts';

const bench = new KernelBench(['pthreadRwlock', 'posixSemaphore', 'fileLock', 'recordLock']);
afterAll(() => bench.close());

const locks = {
  pthreadRwlock: ['readLock()', 'writeLock()', 'unlock()', 'tryReadLock()', 'tryWriteLock()'],
  fileLock: ['readLock()', 'writeLock()', 'unlock()', 'tryReadLock()', 'tryWriteLock()'],
  recordLock: [
    'readLock(0, 9)',
    'writeLock(3, 9)',
    'unlock(0, 20)',
    'tryReadLock(8, 1)',
    'tryWriteLock(8, 1)',
  ],
};

it.each(Object.entries(locks))(
  '%s lets readers in together, and writers alone',
  async (kind, [read, write, unlock, tryRead, tryWrite]) => {
    await bench.plays(
      2,
      `{ l: ${kind}(), s: posixSemaphore(0), t: posixSemaphore(0) }`,
      `const { l, s, t } = shared;
     if (me.number === 0) { l.${read}; s.post(); t.wait(); l.${unlock}; l.${write}; s.post(); t.wait(); l.${unlock}; s.post(); }
     else {
       s.wait(); l.${read}; l.${unlock}; me.tell(1 + l.${tryRead}); l.${unlock}; me.tell(10 + l.${tryWrite}); t.post();
       s.wait(); me.tell(20 + l.${tryRead}); me.tell(30 + l.${tryWrite}); t.post();
       s.wait(); me.tell(40 + l.${tryWrite}); l.${unlock};
     }`,
    );
    expect(await bench.tellings(10)).toEqual(new Set(['2 10 20 30 41']));
  },
);

it('waits for itself where a reader wants to write', async () => {
  await bench.plays(1, '{ l: pthreadRwlock() }', 'shared.l.readLock(); shared.l.writeLock();');
  expect(bench.controlled(1).judgement?.kind).toBe('deadlock');
  await bench.plays(2, '{ l: pthreadRwlock() }', 'if (me.number === 0) shared.l.unlock();');
  expect(await bench.tellings(2)).toEqual(
    new Set(['misuse: unlock of a lock that this process does not hold']),
  );
  await bench.plays(2, '{ l: pthreadRwlock() }', 'if (me.number === 0) shared.l.readLock();');
  expect(bench.controlled(1).judgement).toEqual({ kind: 'left-behind', object: 0, process: 0 });
});
