// What every lock between processes must do, whatever the system calls it.
import { afterAll, describe, expect, it } from 'vitest';
import { Ending } from '../../harness/process/control.ts';
import { KernelBench, leftovers } from './locksmith.ts';

interface Lock {
  readonly make: string;
  readonly lock: string;
  /** The same, where it need not wait; its value says whether it did. */
  readonly tries?: string;
  readonly unlock: string;
  /** How a run ends in which one process locks twice. Default: a deadlock with itself. */
  readonly twice?: number;
}

/** What each of them does to `l`. */
const locks: Readonly<Record<string, Lock>> = {
  posixSemaphore: {
    make: 'posixSemaphore(1)',
    lock: 'l.wait()',
    tries: 'l.tryWait()',
    unlock: 'l.post()',
  },
  'posixSemaphore with a name': {
    make: 'posixSemaphore(1, { named: true })',
    lock: 'l.wait()',
    tries: 'l.timedWait(0)',
    unlock: 'l.post()',
  },
  sysvSemaphore: {
    make: 'sysvSemaphore([1])',
    lock: 'l.semop([[0, -1]])',
    tries: 'l.trySemop([[0, -1]])',
    unlock: 'l.semop([[0, 1]])',
  },
  'sysvSemaphore with SEM_UNDO': {
    make: 'sysvSemaphore([0])',
    lock: 'l.semop([[0, 0], [0, 1]], { undo: true })',
    tries: 'l.trySemop([[0, 0], [0, 1]], { undo: true })',
    unlock: 'l.semop([[0, -1]], { undo: true })',
  },
  pthreadMutex: { make: 'pthreadMutex()', lock: 'l.lock()', tries: 'l.tryLock()', unlock: 'l.unlock()' },
  'robust pthreadMutex': {
    make: 'pthreadMutex({ robust: true })',
    lock: 'l.lock()',
    tries: 'l.timedLock(0)',
    unlock: 'l.unlock()',
  },
  pthreadRwlock: {
    make: 'pthreadRwlock()',
    lock: 'l.writeLock()',
    tries: 'l.tryWriteLock()',
    unlock: 'l.unlock()',
    twice: Ending.MISUSE,
  },
  fileLock: {
    make: 'fileLock()',
    lock: 'l.writeLock()',
    tries: 'l.tryWriteLock()',
    unlock: 'l.unlock()',
    twice: Ending.FINISHED,
  },
  recordLock: {
    make: 'recordLock()',
    lock: 'l.writeLock(10, 4)',
    tries: 'l.tryWriteLock(13, 1)',
    unlock: 'l.unlock(10, 4)',
    twice: Ending.FINISHED,
  },
  eventCounter: {
    make: 'eventCounter({ initial: 1, semaphore: true })',
    lock: 'l.read()',
    unlock: 'l.write()',
  },
};

const bench = new KernelBench([
  'posixSemaphore',
  'sysvSemaphore',
  'pthreadMutex',
  'pthreadRwlock',
  'fileLock',
  'recordLock',
  'eventCounter',
]);
afterAll(() => bench.close());

describe.each(Object.entries(locks))(
  '%s',
  (_name, { make, lock, tries, unlock, twice = Ending.DEADLOCK }) => {
    it('lets one in at a time, orders what they do, and leaves nothing in the system', async () => {
      await bench.plays(
        3,
        `{ l: ${make}, n: int32(0) }`,
        `const { l, n } = shared;
       for (let i = 0; i < 2; i++) { ${lock}; n.value++; ${unlock}; }
       ${lock}; me.tell(n.value); ${unlock};`,
      );
      bench.controlled(0);
      const before = bench.resources;
      let waited = 0;
      for (let seed = 1; seed <= 30; seed++) {
        const { outcome, judgement } = bench.controlled(seed);
        expect(judgement).toBeUndefined(); // a race would be one
        expect(outcome.ending).toBe(Ending.FINISHED);
        expect(Math.max(...bench.told('controlled', outcome))).toBe(6);
        waited += bench.steps(outcome).filter((text) => text.endsWith('has to wait')).length;
        const [first, again] = seed < 10 ? bench.twice(outcome) : [0, 0];
        expect(again).toBe(first);
      }
      expect(waited).toBeGreaterThan(30);
      for (let seed = 1; seed <= 10; seed++) {
        const { outcome, judgement } = bench.free(seed);
        expect(judgement).toBeUndefined();
        expect(Math.max(...bench.told('free', outcome))).toBe(6);
      }
      expect(bench.resources).toEqual(before);
      expect(leftovers()).toEqual([]);
    });

    it('is a deadlock where it is never let go, and in two orders', async () => {
      await bench.plays(
        2,
        `{ a: ${make}, b: ${make}, c: ${make} }`,
        `const { a, b, c } = shared;
       const [x, y] = me.number === 0 ? [a, b] : [b, a];
       { const l = x; ${lock}; }
       { const l = c; ${lock}; ${unlock}; }
       { const l = y; ${lock}; ${unlock}; }
       { const l = x; ${unlock}; }`,
      );
      const endings = new Set<number>();
      for (let seed = 1; seed <= 30; seed++) {
        const { outcome, judgement } = bench.controlled(seed);
        endings.add(outcome.ending);
        expect(judgement?.kind).toBe(outcome.ending === Ending.DEADLOCK ? 'deadlock' : undefined);
      }
      expect([...endings].sort()).toEqual([Ending.FINISHED, Ending.DEADLOCK]);
      await bench.plays(1, `{ l: ${make} }`, `const { l } = shared; ${lock}; ${lock};`);
      expect(bench.controlled(1).outcome.ending).toBe(twice);
      expect(bench.free(1, false).outcome.ending).toBe(twice);
      await bench.ready();
      expect(leftovers()).toEqual([]);
    });

    it.runIf(tries !== undefined)('says whether it was there, where it is only tried', async () => {
      await bench.plays(
        2,
        `{ l: ${make}, held: posixSemaphore(0), over: posixSemaphore(0) }`,
        `const { l, held, over } = shared;
       if (me.number === 0) { ${lock}; held.post(); over.wait(); ${unlock}; held.post(); }
       else { held.wait(); me.tell(${tries}); over.post(); held.wait(); me.tell(${tries}); ${unlock}; }`,
      );
      for (let seed = 1; seed <= 10; seed++) {
        expect(bench.told('controlled', bench.controlled(seed).outcome)).toEqual([0, 1]);
        expect(bench.told('free', bench.free(seed).outcome)).toEqual([0, 1]);
      }
    });
  },
);
