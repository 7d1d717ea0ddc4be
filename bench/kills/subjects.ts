// What is played while processes are killed: for every mechanism of the lab something small that uses it, and is right.
import { mechanisms } from '../../test/laws/message-mechanisms.ts';

export interface Subject {
  readonly name: string;
  /** What both processes share, and what each does, as `test/workbench.ts` has it. */
  readonly share: string;
  readonly worker: string;
}

/** Messages that go from the one to the other. */
const MESSAGES = 4;

const messages = mechanisms.map(
  ({ name, share, sends, receives }): Subject => ({
    name,
    share: `{ o: ${share}, left: atomicInt32(1) }`,
    worker: `const senders = 1, receivers = 1;
      const packed = (n) => Uint8Array.of(n, 0, 0, 0);
      const sends = ${sends};
      const receives = ${receives};
      if (me.number === 0) {
        const line = sends(shared.o);
        for (let n = 0; n < ${MESSAGES}; n++) line.send(packed(n));
      } else {
        const line = receives(shared.o);
        for (let got = 0; got < ${4 * MESSAGES}; ) got += line.receive(4).length;
      }`,
  }),
);

/** Something that keeps the others out between `take` and `give`. */
const exclusion = (name: string, share: string, take: string, give: string): Subject => ({
  name,
  share: `{ o: ${share}, n: int32() }`,
  worker: `const { o, n } = shared; for (let i = 0; i < 3; i++) { ${take}; n.value++; ${give}; }`,
});

const memory = (name: string): Subject => ({
  name,
  share: `{ o: ${name}(100), m: mutex() }`,
  worker: 'const { o, m } = shared; for (let i = 0; i < 3; i++) { m.lock(); o[i]++; m.unlock(); }',
});

export const subjects: readonly Subject[] = [
  ...messages,
  ...['posixSharedMemory', 'sysvSharedMemory', 'mappedFile'].map(memory),
  exclusion('posixSemaphore', 'posixSemaphore(1)', 'o.wait()', 'o.post()'),
  exclusion('posixSemaphore with a name', 'posixSemaphore(1, { named: true })', 'o.wait()', 'o.post()'),
  exclusion('sysvSemaphore', 'sysvSemaphore([1])', 'o.semop([[0, -1]])', 'o.semop([[0, 1]])'),
  exclusion(
    'sysvSemaphore that undoes',
    'sysvSemaphore([1])',
    'o.semop([[0, -1]], { undo: true })',
    'o.semop([[0, 1]], { undo: true })',
  ),
  exclusion('pthreadMutex', 'pthreadMutex()', 'o.lock()', 'o.unlock()'),
  exclusion('pthreadMutex that is robust', 'pthreadMutex({ robust: true })', 'o.lock()', 'o.unlock()'),
  exclusion('pthreadRwlock', 'pthreadRwlock()', 'o.writeLock()', 'o.unlock()'),
  exclusion('fileLock', 'fileLock()', 'o.writeLock()', 'o.unlock()'),
  exclusion('recordLock', 'recordLock()', 'o.writeLock(0, 4)', 'o.unlock(0, 4)'),
  exclusion('eventCounter', 'eventCounter({ initial: 1, semaphore: true })', 'o.read()', 'o.write(1)'),
  {
    name: 'pthreadCondition',
    share: '{ m: pthreadMutex(), c: pthreadCondition(), n: int32() }',
    worker: `const { m, c, n } = shared;
      for (let i = 0; i < 3; i++) { m.lock(); while (n.value % 2 !== me.number) c.wait(m); n.value++; c.signal(); m.unlock(); }`,
  },
  {
    name: 'pthreadBarrier',
    share: '{ o: pthreadBarrier(2) }',
    worker: 'for (let i = 0; i < 3; i++) shared.o.wait();',
  },
  ...['unix', 'tcp'].map((over) => ({
    name: `rpc over ${over}`,
    share: `{ o: rpc({ procedures: { double: [xdr.int, xdr.int] }, over: '${over}' }) }`,
    worker: `const { o } = shared;
      if (me.number === 0) { o.serve({ double: (n) => 2 * n }); return; }
      const line = o.connect();
      for (let n = 0; n < 3; n++) line.call('double', n);
      line.close();
      o.stop();`,
  })),
  {
    name: 'remote',
    share: '{ o: remote() }',
    worker: `const { o } = shared;
      if (me.number === 0) { o.export('double', { of: (n, back) => { back.send('told', n); return 2 * n; } }); o.serve(); return; }
      let told = 0;
      const back = o.object({ told: () => { told++; } });
      const double = o.lookup('double');
      for (let n = 0; n < 3; n++) double.call('of', n, back);
      o.serve(() => told === 3);
      double.release();`,
  },
  exclusion('semaphore', 'semaphore(1)', 'o.wait()', 'o.post()'),
  exclusion('mutex', 'mutex()', 'o.lock()', 'o.unlock()'),
];

/** Kinds of objects that they use: names of functions of the lab. */
export const kinds: readonly string[] = [
  ...new Set(subjects.flatMap(({ share }) => [...share.matchAll(/(\w+)\(/g)].map(([, kind]) => kind))),
];
