// Known mistakes that end with processes that wait for ever.
import type { Finding, TraceStep, Waiting } from './finding.ts';
import type { Mistake } from './mistake.ts';
import { mutexesHeld } from './mutexes-held.ts';

const nameOf = ({ players }: Finding, process: number): string =>
  players[process]?.name ?? `process ${process}`;

/** Objects of the run that are semaphores for certain: only they are posted, or show their count. */
const isSemaphore = (trace: readonly TraceStep[], object: string): boolean =>
  trace.some((s) => s.object === object && (s.operation === 'post' || /\(\d+ → \d+\)$/.test(s.text)));

/** Whether it has joined the waiters of a condition, and let its mutex go. */
const onCondition = (trace: readonly TraceStep[], { process, object }: Waiting): boolean =>
  trace.some((s) => s.process === process && s.object === object && s.operation === 'wait') &&
  !isSemaphore(trace, object);

const isMutex = ({ text }: Waiting): boolean => text.endsWith('.lock()');

/**
 * Someone waits for a unit of a semaphore while it holds a mutex, and all others wait for that mutex or for the same
 * semaphore: whoever could post it cannot get there.
 */
export const waitingWhileHolding: Mistake = (finding) => {
  const { kind, waiting, trace } = finding;
  if (kind !== 'deadlock') return undefined;
  for (const w of waiting) {
    if (!w.text.endsWith('.wait()') || onCondition(trace, w)) continue;
    const held = mutexesHeld(trace, w.process, trace.length);
    const behind = waiting.filter((o) => isMutex(o) && held.has(o.object));
    const others = waiting.filter((o) => o.object !== w.object && !behind.includes(o));
    if (behind.length === 0 || others.length > 0) continue;
    const who = nameOf(finding, w.process);
    const [{ object }] = behind;
    return {
      name: 'waiting while holding',
      text: `${who} waits in ${w.text} and keeps ${object}, which the others need to get any further. Wait first and lock then; or wait on a condition, which lets the mutex go.`,
    };
  }
  return undefined;
};

/** A circle of processes, each with a mutex that the next one waits for. */
export const lockOrder: Mistake = ({ kind, cycle, waiting }) => {
  if (kind !== 'deadlock' || cycle === undefined || cycle.length < 2) return undefined;
  const around = cycle.map((p) => waiting.find((w) => w.process === p));
  if (!around.every((w) => w !== undefined && isMutex(w))) return undefined;
  const locks = [...new Set(around.map((w) => (w as Waiting).object))].sort();
  if (locks.length < 2) return undefined;
  return {
    name: 'lock order',
    text: `${locks.join(' and ')} are taken in different orders by different processes. Number all locks and let everyone take them in rising order, or let one process less try at a time.`,
  };
};

/** Several processes have some units of one semaphore each, and all wait for more of the same. */
export const splitTokens: Mistake = ({ kind, waiting }) => {
  if (kind !== 'deadlock' || waiting.length < 2 || isMutex(waiting[0])) return undefined;
  const { object } = waiting[0];
  const stuck = new Set(waiting.map((w) => w.process));
  const split = waiting.every(
    (w) => w.object === object && w.heldBy.length > 0 && w.heldBy.every((p) => stuck.has(p)),
  );
  if (!split) return undefined;
  return {
    name: 'split tokens',
    text: `each of them has some units of ${object} and waits for the rest, which another one has. Let only one at a time collect several units: take them under a mutex.`,
  };
};

/** Someone looks, another one changes what was looked at and signals, and only then the first begins to wait. */
export const lostWakeUp: Mistake = (finding) => {
  const { kind, waiting, trace } = finding;
  if (kind !== 'deadlock') return undefined;
  for (const w of waiting) {
    const own = (s: TraceStep): boolean => s.process === w.process;
    const began = trace.findLastIndex((s) => own(s) && s.operation === 'wait' && s.object === w.object);
    if (began < 0 || isSemaphore(trace, w.object)) continue;
    const wakes = (s: TraceStep): boolean =>
      !own(s) && s.object === w.object && (s.operation === 'signal' || s.operation === 'broadcast');
    if (trace.slice(began).some(wakes)) continue;
    const signal = trace.findLastIndex((s, i) => i < began && wakes(s));
    const looked = trace.findLastIndex((s, i) => i < signal && own(s) && s.operation === 'read');
    if (looked < 0) continue;
    // Looked again after the signal: then it knew better, and waits for another reason.
    if (trace.slice(signal, began).some((s) => own(s) && s.operation === 'read')) continue;
    const { object } = trace[looked];
    const change = trace
      .slice(looked, signal)
      .find((s) => s.process === trace[signal].process && s.operation === 'write' && s.object === object);
    if (change === undefined) continue;
    return {
      name: 'lost wake-up',
      text: `${nameOf(finding, w.process)} looked at ${object} and then began to wait on ${w.object}; in between, ${nameOf(finding, change.process)} changed ${object} and signalled, and nobody was waiting yet. A signal is not kept: hold the mutex from the look to the wait.`,
    };
  }
  return undefined;
};

/** All who are left wait for a unit of one semaphore, and none of them has one. */
export const missingPost: Mistake = ({ kind, waiting, trace }) => {
  if (kind !== 'deadlock' || waiting.length === 0) return undefined;
  const { object } = waiting[0];
  if (!isSemaphore(trace, object) || waiting.some((w) => w.object !== object || w.heldBy.length > 0))
    return undefined;
  return {
    name: 'missing post',
    text: `everyone who is left waits for a unit of ${object}, and nobody who has one is left to post it: ${object} is posted less often than it is waited for. Count the posts on every way through the roles.`,
  };
};
