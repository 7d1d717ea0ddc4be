// Whether the calls of a run can be put into one order that a single process could have made them in, without turning
// round two of which one had returned before the other was called: linearizability (Herlihy and Wing,
// "Linearizability: a correctness condition for concurrent objects", TOPLAS 12(3), 1990).
//
// The search is that of Wing and Gong ("Testing and verifying concurrent objects", JPDC 17, 1993): take any call
// that no other one must precede, let the sequential object answer it, go on where the answer is what was returned,
// and come back from dead ends. Lowe ("Testing for linearizability", CCPE 29(4), 2017) adds a memory: a
// configuration, that is, which calls were taken and what state they led to, is searched once. Two deviations. Calls
// of one process follow each other, so how many of each process were taken says which, where Lowe and Porcupine
// (Athalye, 2017) keep a bit a call. And a configuration is remembered when it is left as a dead end, not when it is
// entered: no configuration can be met again below itself, and most histories have no dead end at all.
import type { SequentialObject } from '../problem/sequential-object.ts';
import type { Call, History } from './history.ts';

/** Configurations that are entered at most. Beyond, a history counts as explained: nobody is charged with a guess. */
export const MOST_CONFIGURATIONS = 200_000;

/** Whether some order of the calls explains what they returned. Calls that have not returned may be in it or not. */
export function isLinearizable(history: History, object: SequentialObject): boolean {
  return partsOf(history, object).every((part) => linearize(part, object) !== undefined);
}

/**
 * The history in parts that can be explained one by one. Linearizability is local (Herlihy and Wing, theorem 1), and
 * so it is for what behaves as one object for each number (Horn and Kroening, "Faster linearizability checking via
 * P-compositionality", FORTE 2015).
 */
export function partsOf(history: History, object: SequentialObject): readonly History[] {
  if (object.partition === undefined) return [history];
  const parts = new Map<number, Call[]>();
  for (const call of history) {
    const key = object.partition(call.name, call.argument);
    const part = parts.get(key);
    if (part) part.push(call);
    else parts.set(key, [call]);
  }
  return [...parts.values()];
}

/** A configuration on the way to an order, and what was tried from there. */
interface Frame {
  readonly state: unknown;
  /** Calls that may come next. */
  readonly candidates: readonly Call[];
  /** How many of them were tried. */
  tried: number;
}

/** An order of all calls that have returned, and of some that have not, that `object` explains; undefined if none does. */
export function linearize(history: History, object: SequentialObject): readonly Call[] | undefined {
  const mine: Call[][] = [];
  for (const call of history) {
    mine[call.process] ??= [];
    mine[call.process].push(call);
  }
  const lanes = mine.filter((calls) => calls !== undefined);
  const lane = new Map(lanes.map((calls, i) => [calls[0].process, i]));
  const taken = new Array<number>(lanes.length).fill(0);
  let missing = history.reduce((n, call) => n + (call.result === undefined ? 0 : 1), 0);
  let budget = MOST_CONFIGURATIONS;
  const knowledge = object.knowing?.(history);
  const order: Call[] = [];
  const dead = new Set<string>();
  const key = (state: unknown): string => `${taken.join()}|${(knowledge ?? object).key(state)}`;
  const frames: Frame[] = [{ state: object.start, candidates: candidatesOf(lanes, taken), tried: 0 }];

  while (missing > 0) {
    const frame = frames.at(-1);
    if (frame === undefined) return undefined;
    if (frame.tried === frame.candidates.length) {
      dead.add(key(frame.state));
      frames.pop();
      const last = order.pop();
      if (last !== undefined) {
        taken[lane.get(last.process) as number]--;
        if (last.result !== undefined) missing++;
      }
      continue;
    }
    const call = frame.candidates[frame.tried++];
    const [state, result] = object.apply(frame.state, call.name, call.argument);
    // What has not returned could return anything yet.
    if (call.result !== undefined && call.result !== result) continue;
    if (knowledge?.hopeless(state)) continue;
    const at = lane.get(call.process) as number;
    taken[at]++;
    if (dead.size > 0 && dead.has(key(state))) {
      taken[at]--;
      continue;
    }
    if (--budget < 0) return order;
    order.push(call);
    if (call.result !== undefined) missing--;
    frames.push({ state, candidates: candidatesOf(lanes, taken), tried: 0 });
  }
  return order;
}

/**
 * Calls that may come next: called before any other that is left has returned. Those that returned first come first,
 * which is most often right; those that have not returned come last.
 */
export function candidatesOf(lanes: readonly (readonly Call[])[], taken: readonly number[]): Call[] {
  let first = Number.POSITIVE_INFINITY;
  for (let p = 0; p < lanes.length; p++) {
    const call = lanes[p][taken[p]];
    if (call !== undefined && call.returned < first) first = call.returned;
  }
  const out: Call[] = [];
  for (let p = 0; p < lanes.length; p++) {
    const call = lanes[p][taken[p]];
    if (call !== undefined && call.called < first) out.push(call);
  }
  return out.sort((a, b) => (a.returned === b.returned ? 0 : a.returned - b.returned));
}
