// The shortest history that still cannot be explained: of all that was called in a run, what it takes to see that.
import type { SequentialObject } from '../problem/sequential-object.ts';
import { type Call, type History, until } from './history.ts';
import { isLinearizable, partsOf } from './linearizability.ts';

export interface Violation {
  /** The call whose return no order explains any more; up to then there was one. */
  readonly last: Call;
  /** The calls that it takes to see it, `last` among them. */
  readonly history: History;
}

/** Histories beyond so many calls are cut after the violation, but nothing is left out of them. */
const LONG = 2_000;

/** The first violation of a run, made short; undefined where the history can be explained. */
export function shortestViolation(history: History, object: SequentialObject): Violation | undefined {
  let found: { part: History; last: Call } | undefined;
  for (const part of partsOf(history, object)) {
    if (isLinearizable(part, object)) continue;
    const last = firstUnexplained(part, object);
    if (found === undefined || last.returned < found.last.returned) found = { part, last };
  }
  if (found === undefined) return undefined;
  const { part, last } = found;
  return { last, history: shortened(until(part, last.returned), last, object) };
}

/** Whatever a history cannot explain, no longer one can: so the first return that is too much is found by halving. */
function firstUnexplained(part: History, object: SequentialObject): Call {
  const returns = part.filter((call) => call.result !== undefined).sort((a, b) => a.returned - b.returned);
  let explained = -1;
  let unexplained = returns.length - 1;
  while (unexplained - explained > 1) {
    const middle = (explained + unexplained) >> 1;
    if (isLinearizable(until(part, returns[middle].returned), object)) explained = middle;
    else unexplained = middle;
  }
  return returns[unexplained];
}

/**
 * Leaves out what the object says may be left out, in ever smaller portions, as long as the rest is a violation
 * (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE TSE 28(2), 2002). Only what
 * could be left out of a history that can be explained as well: without its enqueue, any dequeue looks wrong.
 */
function shortened(history: History, last: Call, object: SequentialObject): History {
  const { omission } = object;
  if (omission === undefined || history.length > LONG) return history;
  const isLast = (call: Call): boolean => call.process === last.process && call.called === last.called;
  let kept: History = history;
  const without = (portion: readonly ReadonlySet<Call>[]): boolean => {
    const rest = kept.filter((call) => !portion.some((unit) => unit.has(call)));
    if (rest.length === kept.length || !rest.some(isLast)) return false;
    if (
      rest.some((call) => omission.pins?.(call)) &&
      portion.some((unit) => ![...unit].every(omission.alone))
    )
      return false;
    if (isLinearizable(rest, object)) return false;
    kept = rest;
    return true;
  };
  for (let changed = true; changed; ) {
    changed = false;
    const units = unitsOf(kept, object);
    for (let size = Math.max(1, units.length >> 1); size >= 1; size >>= 1) {
      for (let i = 0; i < units.length; i += size) changed = without(units.slice(i, i + size)) || changed;
    }
  }
  return kept;
}

/** What can be left out of the history together: single calls, and all that has to do with one number. */
function unitsOf(history: History, { omission }: SequentialObject): ReadonlySet<Call>[] {
  const units: Set<Call>[] = [];
  const numbers = new Map<number, Set<Call>>();
  for (const call of history) {
    if (omission?.alone(call)) units.push(new Set([call]));
    const number = omission?.together(call);
    if (number === undefined) continue;
    const unit = numbers.get(number) ?? new Set();
    numbers.set(number, unit.add(call));
  }
  return [...numbers.values(), ...units];
}
