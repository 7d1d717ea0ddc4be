// Whoever adds a mechanism is led here: what the lab has, the suites of all mechanisms know.
import { describe, expect, it } from 'vitest';
import { kinds as killed } from '../../bench/kills/subjects.ts';
import { kernelKinds } from '../../harness/process/kernel-objects.ts';
import { kindsWithMessages } from '../../harness/sync/messages.ts';
import { mechanisms } from './message-mechanisms.ts';

/**
 * Memory, and what keeps others out of it or lets them wait: no messages go there. And calls, each of which has an answer:
 * test/ipc/rpc.test.ts, test/ipc/remote.test.ts.
 */
const withoutMessages = [
  'posixSharedMemory',
  'mappedFile',
  'sysvSharedMemory',
  'posixSemaphore',
  'sysvSemaphore',
  'pthreadMutex',
  'pthreadRwlock',
  'pthreadCondition',
  'pthreadBarrier',
  'eventCounter',
  'fileLock',
  'recordLock',
  'rpc',
  'remote',
];

describe('every mechanism', () => {
  it.each([...kernelKinds, ...kindsWithMessages])(
    'is used where processes are killed at random: %s',
    (kind) => {
      expect(killed).toContain(kind);
    },
  );

  it('that carries messages keeps the laws about them', () => {
    const lawful = mechanisms.map(({ kind }) => kind);
    const others = [...kernelKinds, ...kindsWithMessages].filter((kind) => !withoutMessages.includes(kind));
    expect([...new Set(lawful)].sort()).toEqual(others.sort());
  });
});
