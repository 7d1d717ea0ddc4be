// Random runs without processes: each has a script of operations, and any that is ready takes its step, by the real
// tables. Besides the trace it is noted, from the words themselves, who let whom go on.

import type { RunView } from '../../harness/check/run-view.ts';
import { int32, int32Array } from '../../harness/index.ts';
import { Ending, RECORD_WORDS } from '../../harness/process/control.ts';
import { Bit, Field } from '../../harness/process/trace-record.ts';
import { type Arena, openArena } from '../../harness/shared/arena.ts';
import type { Kernel } from '../../harness/shared/kernel.ts';
import { HEAD, type Operation } from '../../harness/shared/operation.ts';
import type { Shared, Way } from '../../harness/shared/way.ts';
import { atomicInt32, atomicOperations } from '../../harness/sync/atomic.ts';
import { barrier, barrierOperations } from '../../harness/sync/barrier.ts';
import { channel, channelOperations } from '../../harness/sync/channel.ts';
import { condition, conditionOperations } from '../../harness/sync/condition.ts';
import { direct, directOperations } from '../../harness/sync/direct.ts';
import { event, eventOperations } from '../../harness/sync/event.ts';
import { latch, latchOperations } from '../../harness/sync/latch.ts';
import { handOf } from '../../harness/sync/messages.ts';
import { mutex, mutexOperations } from '../../harness/sync/mutex.ts';
import { plainOperations } from '../../harness/sync/operations.ts';
import { rwlock, rwlockOperations } from '../../harness/sync/rwlock.ts';
import { semaphore, semaphoreOperations } from '../../harness/sync/semaphore.ts';
import type { Random } from './generated-history.ts';

/** One step of a run, as the naive judge sees it. */
export interface Step {
  readonly process: number;
  readonly operation: Operation;
  readonly object: number;
  readonly index: number;
  readonly before: number;
  readonly after: number;
  readonly result: number;
  /** The step that let this process go on; -1 if none did. */
  readonly toldBy: number;
  /** The step of the other one, who waited, where two meet; -1 where none do. */
  readonly met: number;
  /** Who has sent the message that was received; -1 where none was, or it does not say. */
  readonly sender: number;
  /** Messages that the object can hold. */
  readonly capacity: number;
}

export interface RandomRun {
  readonly view: RunView;
  readonly steps: readonly Step[];
}

type Call = readonly [operation: Operation, object: Shared, argument?: number, second?: number];

const WORDS = 1024;
/** First word of the places of a record of waiters (sync/waiters.ts). */
const PLACES = HEAD + 2;

/** Calls that make sense together, on one of each kind of object; by kind. */
function groupsOf(
  o: readonly Shared[],
  processes: number,
  random: Random,
): readonly (() => readonly Call[])[] {
  const [cell, array, m, c, r, barging, handoff, fifo, b, d, e, automatic, a, meeting, holding, box] = o;
  const { read, write } = plainOperations;
  const one = <T>(...of: readonly T[]): T => of[random(of.length)];
  const access = (): Call => one([one(read, write), cell], [one(read, write), array, random(2)]);
  const { lock, tryLock, timedLock, unlock } = mutexOperations;
  const { readLock, tryReadLock, timedReadLock, writeLock, tryWriteLock, timedWriteLock } = rwlockOperations;
  const { wait, tryWait, timedWait, post, count } = semaphoreOperations;
  const { arrive, timedArrive, tryArrive, handoffPost, fifoPost } = semaphoreOperations;
  const queued = (object: Shared, put: Operation) => (): readonly Call[] =>
    one([access(), [put, object]], [[one(arrive, timedArrive, tryArrive, count), object], access()]);
  const passing = (of: typeof eventOperations | typeof latchOperations) =>
    one<Operation>(of.wait, of.tryWait, of.timedWait);
  const sleep = (): readonly Call[] => [
    [lock, m],
    [conditionOperations.wait, c, m.at],
    [unlock, m],
    [one(conditionOperations.woken, conditionOperations.timedWoken), c],
    // The mutex is left out at times, so that only the signal orders.
    ...one<readonly Call[]>([access()], [[lock, m], access(), [unlock, m]]),
  ];
  const messages = (of: typeof directOperations, object: Shared, from = 0): readonly Call[] =>
    one(
      [access(), [one(of.send, of.trySend, of.timedSend), object], access()],
      [[one(of.receive, of.tryReceive, of.timedReceive), object, one(0, from)], access()],
    );
  return [
    () => [[one(lock, tryLock, timedLock), m], access(), [unlock, m]],
    () => one(sleep(), [access(), [one(conditionOperations.signal, conditionOperations.broadcast), c]]),
    () => [
      [one(readLock, tryReadLock, timedReadLock, writeLock, tryWriteLock, timedWriteLock), r],
      access(),
      [rwlockOperations.unlock, r],
    ],
    () => one([access(), [post, barging]], [[one(wait, tryWait, timedWait, count), barging], access()]),
    queued(handoff, handoffPost),
    queued(fifo, fifoPost),
    () => [access(), [barrierOperations.wait, b, Math.max(1, processes - 1)], access()],
    () => one([access(), [latchOperations.countDown, d]], [[passing(latchOperations), d], access()]),
    () =>
      one(
        [access(), [eventOperations.set, e]],
        [[passing(eventOperations), e], access()],
        [[eventOperations.isSet, e], access()],
        [access(), [eventOperations.reset, e]],
      ),
    () =>
      one([access(), [eventOperations.set, automatic]], [[passing(eventOperations), automatic, 1], access()]),
    () =>
      one<readonly Call[]>(
        [access(), [atomicOperations.store, a, random(3)]],
        [[atomicOperations.load, a], access()],
        [access(), [one(atomicOperations.add, atomicOperations.exchange), a, random(2)], access()],
        [access(), [atomicOperations.compareAndSet, a, random(2), 2], access()],
      ),
    () => [access(), [plainOperations.pause, cell], access()],
    () => messages(channelOperations, meeting),
    () => messages(channelOperations, holding),
    () => messages(directOperations, box, 1 + random(processes)),
    () => one([access(), [channelOperations.close, one(meeting, holding)]], [access()]),
  ];
}

/** A run of two to four processes. */
export function randomRun(random: Random): RandomRun {
  const processes = 2 + random(3);
  const buffer = new ArrayBuffer(WORDS * 4);
  const words = new Int32Array(buffer);
  const arena: Arena = {
    words,
    doubles: new Float64Array(buffer),
    next: 0,
    objects: [],
    processes,
    me: 0,
    cast: [['worker', processes]],
    first: true,
    way: { bare: () => undefined } as unknown as Way,
    kernel: {} as Kernel, // nothing of it is asked for
    handles: undefined,
  };
  openArena(arena);
  int32();
  int32Array(2);
  mutex();
  condition({ spurious: random(2) });
  rwlock();
  semaphore(random(3));
  semaphore(random(2), { strength: 'handoff' });
  semaphore(random(2), { strength: 'fifo' });
  barrier(2);
  latch(1 + random(3));
  event({ set: random(2) === 0 });
  event({ automatic: true });
  atomicInt32();
  channel();
  channel(1 + random(2));
  direct(2);
  openArena(undefined);
  const { objects } = arena;
  // Few kinds in a run, or it would hardly ever be one object that orders.
  const groups = groupsOf(objects, processes, random);
  const kinds = Array.from({ length: 1 + random(2) }, () => groups[random(groups.length)]);
  const scripts = Array.from({ length: processes }, () =>
    Array.from({ length: 1 + random(5) }, () => kinds[random(kinds.length)]()).flat(),
  );
  const steps: Step[] = [];
  const records = new ArrayBuffer(256 * RECORD_WORDS * 4);
  const trace = new Int32Array(records);
  const doubles = new Float64Array(records);
  const toldBy = new Array<number>(processes).fill(-1);
  for (;;) {
    const able = scripts.flatMap((script, p) => {
      if (script.length === 0) return [];
      const [operation, { at }, argument = 0] = script[0];
      return operation.giveUp || operation.ready(words, at, p, argument) ? [p] : [];
    });
    if (able.length === 0 || steps.length === 250) break;
    const p = able[random(able.length)];
    const [operation, object, argument = 0, second = 0] = scripts[p].shift() as Call;
    const { at, kind, id } = object;
    if (operation.misuse?.(words, at, p, argument)) {
      if (/sent$/i.test(operation.name)) break; // it stands there and waits: this is the end
      continue; // would have ended the run
    }
    const waits =
      kind === 'condition' || id === objects[13].id || id === objects[6].id || id === objects[7].id;
    const told = (q: number): boolean => waits && words[at + PLACES + q] === -1;
    const were = scripts.map((_, q) => told(q));
    const data = operation.on === 'cell';
    const before = words[data ? at + HEAD + argument : at];
    const gaveUp = operation.giveUp !== undefined && !operation.ready(words, at, p, argument);
    const ways = operation.choices?.(words, at, p, argument) ?? 0;
    const way = ways > 1 ? random(ways) : ways === 1 ? 0 : second;
    const result = gaveUp
      ? (operation.giveUp?.(words, at, p, argument) ?? 0)
      : operation.take(words, at, p, argument, way);
    const follow = operation.follow?.(result);
    if (follow) scripts[p].unshift([follow, object, result]);
    const after = words[data ? at + HEAD + argument : at];
    const i = steps.length;
    let met = -1;
    for (let q = 0; q < processes; q++) {
      if (!told(q) || were[q]) continue;
      toldBy[q] = i;
      if (kind === 'channel' && operation !== channelOperations.close)
        met = steps.findLastIndex((s) => s.process === q && s.object === id);
    }
    const isReceived = operation.carries === 'in' && result === 1;
    const first = isReceived ? words[handOf(words, at, p)] : argument;
    const record = i * RECORD_WORDS;
    trace.set(
      [p, operation.code, id, data ? argument : 0, first, way, result, gaveUp ? Bit.GAVE_UP : 0],
      record,
    );
    doubles[(record + Field.BEFORE) >> 1] = before;
    doubles[(record + Field.AFTER) >> 1] = after;
    const wasTold = were[p] && !gaveUp ? toldBy[p] : -1;
    steps.push({
      process: p,
      operation,
      object: id,
      index: data ? argument : 0,
      before,
      after,
      result,
      toldBy: wasTold,
      met,
      sender: isReceived && kind === 'direct' ? first : -1,
      capacity: object.length,
    });
  }
  const view = {
    mode: 'controlled',
    outcome: { ending: Ending.FINISHED, steps: steps.length, by: -1 },
    processes,
    trace,
    doubles,
    objects: objects.map(({ kind, at, length }) => ({ kind, name: kind, at, length })),
  } as unknown as RunView;
  return { view, steps };
}
