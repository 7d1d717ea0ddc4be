// Where a run that goes on for ever may have gone round: two places at which the shared objects are in the same state, and
// each process is about to take the same step. What the processes remember is not seen, so it may still be no loop.
import { RECORD_WORDS } from '../process/control.ts';
import { Field } from '../process/trace-record.ts';
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
    const place = trace[at + Field.OBJECT] * 65_536 + trace[at + Field.INDEX];
    values.set(place, doubles[(at + Field.BEFORE) >> 1]);
    about[process] = `${trace[at + Field.OPERATION]}.${place}.${trace[at + Field.ARGUMENT]}`;
    states[i] = `${[...values]
      .map(([p, v]) => `${p}=${v}`)
      .sort()
      .join()} ${about.join()}`;
  }
  const moving = new Set(about.flatMap((text, p) => (text === '' ? [] : [p])));
  const seen = new Map<string, number[]>();
  const found: (readonly [number, number])[] = [];
  for (let to = 0; to < n && found.length < MOST; to++) {
    const before = seen.get(states[to]);
    if (before === undefined) seen.set(states[to], [to]);
    else {
      const from = before.find((i) => to - i <= LONGEST && allMove(trace, i, to, moving));
      if (from !== undefined) found.push([from, to]);
      before.push(to);
    }
  }
  return found;
}

function allMove(trace: Int32Array, from: number, to: number, moving: ReadonlySet<number>): boolean {
  const left = new Set(moving);
  for (let i = from; i < to && left.size > 0; i++) left.delete(trace[i * RECORD_WORDS + Field.PROCESS]);
  return left.size === 0;
}
