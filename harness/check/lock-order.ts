// Deadlocks that a good run foretells. Processes that take the same locks in different orders, one after the other, may
// close a circle when they meet. The run says who held what when it asked for more (J. W. Havender, "Avoiding deadlock in
// multitasking systems", IBM Systems Journal 7(2), 1968); a circle of such requests is a schedule to try: everybody as far
// as the lock that it will wait for. A lock that two of them hold meanwhile keeps them apart, so that this is no circle
// (K. Havelund, "Using runtime analysis to guide model checking of Java programs", SPIN 2000).
//
// A foretold deadlock is only a guess, so semaphores may be taken for locks: nobody hears of it unless it is played.
import { RECORD_WORDS } from '../process/control.ts';
import { Field } from '../process/trace-record.ts';
import { compact, type Moves, take } from '../schedule/schedule.ts';
import { operations, type RunView } from './run-view.ts';

/** A process asks for something while it holds something else. */
interface Request {
  readonly process: number;
  readonly wants: number;
  readonly holds: ReadonlySet<number>;
  /** Steps of its own before. */
  readonly after: number;
}

/** Of the kernel, whose calls fail where they would have to wait, and whose locks are not the lab's to look at. */
const kernels = new Set(['pthreadMutex', 'pthreadRwlock', 'posixSemaphore', 'fileLock']);
const locks = new Set(['mutex', 'rwlock', 'semaphore', ...kernels]);
const tries = new Set([
  'tryLock',
  'timedLock',
  'tryReadLock',
  'tryWriteLock',
  'tryWait',
  'timedWait',
  'timedGranted',
]);
const asks = new Set(['lock', 'readLock', 'writeLock', 'wait']);
const returns = new Set(['unlock', 'post']);

/** Whether a try that gave this has what it tried for. */
const succeeds = (on: string, result: number): boolean => (kernels.has(on) ? result >= 0 : result !== 0);

/** Circles that are followed up, of one run. */
const MOST = 4;
/** Requests that are looked at, of one run. */
const MOST_REQUESTS = 200;

/** Schedules, for a lenient replay, that may end in a deadlock: at most eight. */
export function foretold(view: RunView): Moves[] {
  const found = circles(requestsOf(view));
  return found.flatMap((circle) => {
    const end = new Map(circle.map((r) => [r.process, r.after]));
    return [circle.map((r) => take(r.process, r.after)), held(view, end)];
  });
}

/** The run as it was, but for the processes of a circle, which stop before their request. */
function held(view: RunView, end: ReadonlyMap<number, number>): Moves {
  const taken = new Map<number, number>();
  const moves: number[] = [];
  for (let i = 0; i < view.outcome.steps; i++) {
    const process = view.trace[i * RECORD_WORDS + Field.PROCESS];
    const n = taken.get(process) ?? 0;
    if (n >= (end.get(process) ?? Number.POSITIVE_INFINITY)) continue;
    taken.set(process, n + 1);
    moves.push(take(process, 1));
  }
  return compact(moves);
}

function requestsOf({ trace, outcome, processes }: RunView): Request[] {
  const requests = new Map<string, Request>();
  const holding = Array.from({ length: processes }, () => new Set<number>());
  const steps = new Array<number>(processes).fill(0);
  for (let i = 0; i < outcome.steps; i++) {
    const at = i * RECORD_WORDS;
    const process = trace[at + Field.PROCESS];
    const holds = holding[process];
    // Whoever drains the buffers of others holds nothing.
    if (holds === undefined) continue;
    const { on, name } = operations[trace[at + Field.OPERATION]];
    if (locks.has(on)) {
      const object = trace[at + Field.OBJECT];
      if (returns.has(name)) holds.delete(object);
      else if (asks.has(name)) {
        const key = `${process} ${object} ${[...holds].join(' ')}`;
        if (holds.size > 0 && !holds.has(object) && !requests.has(key) && requests.size < MOST_REQUESTS) {
          requests.set(key, { process, wants: object, holds: new Set(holds), after: steps[process] });
        }
        if (trace[at + Field.RESULT] >= 0) holds.add(object);
      } else if (tries.has(name) && succeeds(on, trace[at + Field.RESULT])) holds.add(object);
    }
    steps[process]++;
  }
  return [...requests.values()];
}

/** Circles of requests: each wants what the next one holds, and no two hold the same. */
function circles(requests: readonly Request[]): Request[][] {
  const found: Request[][] = [];
  let looks = 20_000;
  const extend = (path: Request[]): void => {
    const first = path[0];
    const last = path[path.length - 1];
    if (path.length > 1 && first.holds.has(last.wants)) {
      found.push(path);
      return;
    }
    for (const next of requests) {
      if (found.length >= MOST || --looks < 0) return;
      // Each circle is found once: from its lowest process.
      if (next.process <= first.process || !next.holds.has(last.wants)) continue;
      if (path.some((r) => r.process === next.process || [...r.holds].some((o) => next.holds.has(o))))
        continue;
      extend([...path, next]);
    }
  };
  for (const request of requests) extend([request]);
  return found;
}
