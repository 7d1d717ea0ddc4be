import { afterAll, expect, it } from 'vitest';
import { KernelBench } from './locksmith.ts';

const kinds = ['fileLock', 'recordLock', 'posixSemaphore'];
const bench = new KernelBench(kinds);
const mortal = new KernelBench(kinds, 'faults: { kills: 2 },');
afterAll(() => Promise.all([bench.close(), mortal.close()]));

const all = { fileLock: '', recordLock: '0, 1' };

it.each(Object.entries(all))(
  '%s goes with what was opened: at its closing, at the end, at a death',
  async (kind, range) => {
    await bench.plays(
      3,
      `{ l: ${kind}() }`,
      `const { l } = shared; l.writeLock(${range}); me.tell(1); if (me.number === 0) l.close();`,
    );
    expect(await bench.tellings(10)).toEqual(new Set(['1 1 1']));
    await mortal.plays(
      3,
      `{ l: ${kind}() }`,
      `const { l } = shared; l.writeLock(${range}); me.tell(1); l.unlock(${range});`,
    );
    for (let seed = 0; seed < 60; seed++) expect(mortal.controlled(seed).judgement).toBeUndefined();
    await bench.plays(1, `{ l: ${kind}() }`, `const { l } = shared; l.close(); l.writeLock(${range});`);
    expect(await bench.tellings(1)).toEqual(
      new Set(['misuse: writeLock after this process has closed it (EBADF)']),
    );
  },
);

it('a reader that wants to write lets go what it has, and somebody comes in between', async () => {
  await bench.plays(
    2,
    '{ l: fileLock(), n: int32(0), s: posixSemaphore(0) }',
    `const { l, n } = shared;
     l.readLock();
     const seen = n.value;
     l.writeLock();
     n.value = seen + 1;
     l.unlock();`,
  );
  const kinds = new Set<string | undefined>();
  for (let seed = 0; seed < 40; seed++) kinds.add(bench.controlled(seed).judgement?.kind);
  expect(kinds).toEqual(new Set([undefined])); // no deadlock of two readers, as two readers of an rwlock would have
  await bench.plays(
    2,
    '{ l: fileLock(), n: int32(0) }',
    `const { l, n } = shared;
     l.readLock();
     const seen = n.value;
     l.writeLock();
     n.value = seen + 1;
     l.unlock();
     l.readLock(); me.tell(n.value);`,
  );
  const last = new Set<number>();
  for (let seed = 0; seed < 60; seed++)
    last.add(Math.max(...bench.told('controlled', bench.controlled(seed).outcome)));
  expect(last).toEqual(new Set([1, 2])); // and so an update is lost now and then
});

it('locks bytes: others may have others, and a range is split by what is unlocked of it', async () => {
  await bench.plays(
    2,
    '{ l: recordLock(), s: posixSemaphore(0), t: posixSemaphore(0) }',
    `const { l, s, t } = shared;
     if (me.number === 0) { l.writeLock(0, 30); l.unlock(10, 10); s.post(); t.wait(); }
     else {
       s.wait();
       for (const [start, length] of [[0, 1], [9, 1], [9, 2], [10, 10], [19, 2], [20, 1], [29, 1], [30, 5], [65535, 1]])
         me.tell(10 * start + (l.tryWriteLock(start, length) ? 1 : 0));
       t.post();
     }`,
  );
  expect(await bench.tellings(5)).toEqual(new Set(['0 90 90 101 190 200 290 301 655351']));
  await bench.plays(
    1,
    '{ l: recordLock() }',
    `for (const [start, length] of [[-1, 1], [0, 0], [0.5, 1], [65536, 1], [1, 65536]])
       try { shared.l.writeLock(start, length); } catch (e) { me.tell(e instanceof RangeError); }`,
  );
  expect(await bench.tellings(1)).toEqual(new Set(['1 1 1 1 1']));
});

it('is told step by step', async () => {
  await bench.plays(
    1,
    '{ l: recordLock(), f: fileLock() }',
    'const { l, f } = shared; l.writeLock(3, 65533); l.tryReadLock(40000, 2); f.readLock(); f.tryWriteLock();',
  );
  expect(bench.steps(bench.controlled(1).outcome)).toEqual([
    'a: l.writeLock(3, 65533)',
    'a: l.tryReadLock(40000, 2) → true',
    'a: f.readLock()',
    'a: f.unlock()',
    'a: f.tryWriteLock() → true',
    'a: l.close()',
    'a: f.close()',
  ]);
});
