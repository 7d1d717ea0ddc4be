// Where a run that goes on for ever may have gone round: two places at which the shared objects are in the same state, and
// each process is about to take the same step. What the processes remember is not seen, so it may still be no loop.
import { RECORD_WORDS } from '../process/control.ts';
import { Field, placeOf } from '../process/trace-record.ts';
import type { RunView } from './run-view.ts';

/** Steps that are looked at, from the beginning, and those of a loop, at most. */
const LOOKED_AT = 4_000;
const LONGEST = 200;
/** Places that are told, at most. */
const MOST = 6;

/** Steps before and behind a loop in which everybody moves who moves at all; those that begin first come first. */
export function recurrences(view: RunView): (readonly [from: number, to: number])[] {
  const { trace, doubles, outcome, processes } = view;
  const n = Math.min(outcome.steps, LOOKED_AT);
  const values = new Map<number, number>();
  const states = new Array<string>(n + 1);
  const about = new Array<string>(processes * 2).fill('');
  // Backwards, so that it is known what everybody is about to do: what a step finds is as it was before it.
  for (let i = n - 1; i >= 0; i--) {
    const at = i * RECORD_WORDS;
    const process = trace[at + Field.PROCESS];
    const place = placeOf(trace, at);
    values.set(place, doubles[(at + Field.BEFORE) >> 1]);
    about[process] = `${trace[at + Field.OPERATION]}.${place}.${trace[at + Field.ARGUMENT]}`;
    states[i] = `${[...values]
      .map(([p, v]) => `${p}=${v}`)
      .sort()
      .join()} ${about.join()}`;
  }
  // Who moves at all, late in what is looked at; and when each of them has moved last.
  const last = new Map<number, number>();
  for (let i = n >> 1; i < n; i++) last.set(trace[i * RECORD_WORDS + Field.PROCESS], -1);
  const seen = new Map<string, number[]>();
  const found: (readonly [number, number])[] = [];
  for (let to = 0; to < n && found.length < MOST; to++) {
    const before = seen.get(states[to]);
    if (before === undefined) seen.set(states[to], [to]);
    else {
      const latest = Math.min(...last.values());
      const from = before.find((i) => i >= to - LONGEST && i <= latest);
      if (from !== undefined) found.push([from, to]);
      before.push(to);
      if (before.length > LONGEST) before.shift();
    }
    const process = trace[to * RECORD_WORDS + Field.PROCESS];
    if (last.has(process)) last.set(process, to);
  }
  return found;
}
