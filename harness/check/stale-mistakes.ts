// Known mistakes that act on what is no longer so.
import type { Finding, TraceStep } from './finding.ts';
import type { Mistake } from './mistake.ts';
import { mutexesHeld } from './mutexes-held.ts';

const nameOf = ({ players }: Finding, process: number): string =>
  players[process]?.name ?? `process ${process}`;
const told = ({ text }: TraceStep): string => text.slice(text.lastIndexOf(' = '));
const at = ({ location }: { location?: TraceStep['location'] }): string =>
  location ? ` (line ${location.line})` : '';
const harm = new Set<Finding['kind']>(['unsafe', 'lost', 'misuse']);

/**
 * Woken from a condition, the process acts without looking again, though what it had looked at is as it was when it
 * had to wait: every cell of the check has the same value as then.
 */
export const staleCheck: Mistake = (finding) => {
  const { kind, trace, process } = finding;
  if (!harm.has(kind) || process === undefined) return undefined;
  const own = (s: TraceStep): boolean => s.process === process;
  const woken = trace.findLastIndex((s) => own(s) && s.operation === 'woken');
  if (woken < 0) return undefined;
  const { object } = trace[woken];
  const began = trace.findLastIndex(
    (s, i) => i < woken && own(s) && s.operation === 'wait' && s.object === object,
  );
  const locked = trace.findIndex(
    (s, i) => i > woken && own(s) && s.operation === 'lock' && !s.text.endsWith('has to wait'),
  );
  if (began < 0 || locked < 0) return undefined;
  // The check: what it read last before it began to wait, all in one line.
  const before = trace.slice(0, began).filter(own);
  const check: TraceStep[] = [];
  for (const s of before.reverse()) {
    if (s.operation !== 'read' || (check.length > 0 && s.location?.line !== check[0].location?.line)) break;
    check.push(s);
  }
  const line = check[0]?.location?.line;
  if (line === undefined) return undefined;
  if (trace.slice(locked).some((s) => own(s) && s.operation === 'read' && s.location?.line === line))
    return undefined;
  const lastOf = (cell: string): TraceStep | undefined =>
    trace.findLast(
      (s, i) => i < locked && s.object === cell && (s.operation === 'write' || s.operation === 'read'),
    );
  if (!check.every((s) => told(lastOf(s.object) as TraceStep) === told(s))) return undefined;
  const cells = [...new Set(check.map((s) => s.object))].join(' and ');
  return {
    name: 'stale check',
    text: `${nameOf(finding, process)} is woken at ${object} and goes on without looking again, though ${cells} ${check.length > 1 ? 'are' : 'is'} by then as when it had to wait. Write while, not if, around the wait${at(check[0])}: a wake-up says only that it is worth looking again.`,
  };
};

/** The order that decides is that of a look and of another's change: whoever looked acted on what was no longer so. */
export const checkThenAct: Mistake = (finding) => {
  const { kind, critical, trace, process } = finding;
  if (!harm.has(kind) || critical === undefined) return undefined;
  const [look, change] = critical.steps;
  if (look.step === null || change.step === null || look.process !== process) return undefined;
  const [read, write] = [trace[look.step - 1], trace[change.step - 1]];
  if (read.operation !== 'read' || write.operation !== 'write' || read.object !== write.object)
    return undefined;
  if (told(read) === told(write)) return undefined;
  const again = trace
    .slice(change.step)
    .some((s) => s.process === process && s.operation === 'read' && s.object === read.object);
  if (again) return undefined;
  const { object } = read;
  return {
    name: 'check-then-act',
    text: `${nameOf(finding, look.process)} looks at ${object}${at(look)}, and before it acts on what it saw, ${nameOf(finding, change.process)} changes ${object}${at(change)}. Look and act under one lock, without letting it go in between.`,
  };
};

/** Both accesses of a race are made under a mutex, but not under the same one. */
export const wrongLock: Mistake = (finding) => {
  const { kind, accesses, trace } = finding;
  if (kind !== 'race' || accesses === undefined) return undefined;
  const [first, second] = accesses.map((n) => [...mutexesHeld(trace, trace[n - 1].process, n)]);
  if (first.length === 0 || second.length === 0 || first.some((lock) => second.includes(lock)))
    return undefined;
  return {
    name: 'wrong lock',
    text: `one access is made under ${first.join(' and ')}, the other one under ${second.join(' and ')}. Different locks keep nobody apart: guard ${trace[accesses[0] - 1].object} with the same one everywhere.`,
  };
};
