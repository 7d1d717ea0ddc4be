import { describe, expect, it } from 'vitest';
import { OneLock } from '../../harness/check/one-lock.ts';
import { RECORD_WORDS } from '../../harness/process/control.ts';
import type { ObjectNames } from '../../harness/process/object-names.ts';
import { Field } from '../../harness/process/trace-record.ts';
import { mutexOperations } from '../../harness/sync/mutex.ts';
import { plainOperations } from '../../harness/sync/operations.ts';
import { randomOf } from './generated-history.ts';
import { randomRun } from './random-run.ts';
import { reachableRaces } from './reachable-races.ts';

const objects: ObjectNames = [
  { kind: 'int32Array', name: 'x', at: 0, length: 2 },
  { kind: 'mutex', name: 'm', at: 8, length: 1 },
  { kind: 'mutex', name: 'n', at: 12, length: 1 },
];
const { lock, tryLock, timedLock, unlock } = mutexOperations;
const { read, write } = plainOperations;

/** Steps as text: the process, what it does, to what, and what came of it where that is not 0. */
function traceOf(steps: string): Int32Array {
  const codes = { lock, tryLock, timedLock, unlock, read, write };
  const texts = steps.split(', ');
  const trace = new Int32Array(texts.length * RECORD_WORDS);
  for (const [i, text] of texts.entries()) {
    const [process, name, of, result = '0'] = text.split(' ');
    const at = i * RECORD_WORDS;
    trace[at + Field.PROCESS] = Number(process);
    trace[at + Field.OPERATION] = codes[name as keyof typeof codes].code;
    trace[at + Field.OBJECT] = of === 'm' ? 1 : of === 'n' ? 2 : 0;
    trace[at + Field.INDEX] = of === 'y' ? 1 : 0;
    trace[at + Field.RESULT] = Number(result);
  }
  return trace;
}

const oneLock = new OneLock();
const guarded = (steps: string): boolean =>
  oneLock.guards(traceOf(steps), steps.split(', ').length, 2, objects);

describe('one lock guards each element', () => {
  it.each([
    ['only one process uses it', '0 write x, 0 read x, 1 write y'],
    ['nobody writes it', '0 read x, 1 read x'],
    ['all lock the same mutex', '0 lock m, 0 write x, 0 unlock m, 1 lock m, 1 read x, 1 unlock m'],
    ['they hold others besides', '0 lock n, 0 lock m, 0 write x, 0 unlock m, 1 lock m, 1 write x'],
    ['an attempt succeeds', '0 lock m, 0 write x, 0 unlock m, 1 tryLock m 1, 1 write x'],
  ])('where %s', (_, steps) => expect(guarded(steps)).toBe(true));

  it.each([
    ['one of them locks nothing', '0 lock m, 0 write x, 0 unlock m, 1 read x'],
    ['it is written after the lock was let go', '0 lock m, 0 unlock m, 0 write x, 1 lock m, 1 read x'],
    ['they lock different ones', '0 lock m, 0 write x, 0 unlock m, 1 lock n, 1 write x'],
    ['an attempt fails', '0 lock m, 0 write x, 1 timedLock m, 1 write x'],
    ['what was read without is written', '0 read x, 1 read x, 0 lock m, 0 write x'],
  ])('not where %s', (_, steps) => expect(guarded(steps)).toBe(false));

  it('only where no two accesses race by definition', () => {
    let shared = 0;
    for (let seed = 0; seed < 800; seed++) {
      const { view, steps } = randomRun(randomOf(seed));
      if (!oneLock.guards(view.trace, steps.length, view.processes, view.objects)) continue;
      expect([seed, reachableRaces(steps)]).toEqual([seed, []]);
      const users = new Set(steps.filter(({ operation }) => operation === write).map((s) => s.process));
      if (users.size > 1) shared++;
    }
    expect(shared).toBeGreaterThan(3);
  });
});
