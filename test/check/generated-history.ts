// Histories for tests: some made by an object that takes effect at one moment of each call, so that they can be
// explained; and a checker that tries every order.
import type { Call, History } from '../../harness/check/history.ts';
import type { SequentialObject } from '../../harness/problem/sequential-object.ts';

/** A whole number from 0 to `below` - 1. */
export type Random = (below: number) => number;

/** A generator with a seed (xorshift, Marsaglia 2003). */
export function randomOf(seed: number): Random {
  let x = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995) | 1;
  return (below) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % below;
  };
}

/** Draws the next operation of a process: its name and its argument. */
export type Draw = (random: Random) => readonly [name: string, argument: number];

interface Open {
  readonly name: string;
  readonly argument: number;
  readonly called: number;
  /** Undefined until the call takes effect. */
  result: number | undefined;
}

/**
 * A history of `calls` calls by `processes` processes. Each takes effect at one moment between its beginning and its
 * end; it may be cut off with calls that have not returned.
 */
export function explainable(
  object: SequentialObject,
  draw: Draw,
  random: Random,
  { processes, calls, cut = 0 }: { processes: number; calls: number; cut?: number },
): History {
  const open: (Open | undefined)[] = new Array(processes).fill(undefined);
  const out: Call[] = [];
  let state = object.start;
  let made = 0;
  for (let step = 0; made < calls || open.some((o) => o !== undefined); step++) {
    if (made === calls && open.filter((o) => o !== undefined).length <= cut) break;
    const process = random(processes);
    const now = open[process];
    if (now === undefined) {
      if (made === calls) continue;
      const [name, argument] = draw(random);
      open[process] = { name, argument, called: step, result: undefined };
      made++;
    } else if (now.result === undefined) {
      const [after, result] = object.apply(state, now.name, now.argument);
      state = after;
      now.result = result;
    } else {
      const { name, argument, called, result } = now;
      out.push({ process, name, argument, result, called, returned: step });
      open[process] = undefined;
    }
  }
  for (const [process, o] of open.entries()) {
    if (o === undefined) continue;
    const { name, argument, called } = o;
    out.push({ process, name, argument, result: undefined, called, returned: Number.POSITIVE_INFINITY });
  }
  return out.sort((a, b) => a.called - b.called);
}

/** The history with another result at one of its calls that have returned. */
export function mutated(history: History, result: number, random: Random): History {
  const returned = history.filter((call) => call.result !== undefined);
  if (returned.length === 0) return history;
  const victim = returned[random(returned.length)];
  return history.map((call) => (call === victim ? { ...call, result } : call));
}

/** Whether `order` is one: each result as the object gives it, and nothing turned round that did not overlap. */
export function isLegal(order: readonly Call[], object: SequentialObject): boolean {
  let state = object.start;
  for (const [i, call] of order.entries()) {
    if (order.slice(i + 1).some((later) => later.returned < call.called)) return false;
    const [after, result] = object.apply(state, call.name, call.argument);
    if (call.result !== undefined && call.result !== result) return false;
    state = after;
  }
  return true;
}

function* ordersOf(calls: readonly Call[]): Generator<Call[]> {
  if (calls.length === 0) yield [];
  for (const [i, call] of calls.entries()) {
    for (const rest of ordersOf([...calls.slice(0, i), ...calls.slice(i + 1)])) yield [call, ...rest];
  }
}

/** The definition, word for word: some of the calls that have not returned, and an order of it all that is legal. */
export function explainedByTrying(history: History, object: SequentialObject): boolean {
  const returned = history.filter((call) => call.result !== undefined);
  const pending = history.filter((call) => call.result === undefined);
  for (let chosen = 0; chosen < 2 ** pending.length; chosen++) {
    const calls = [...returned, ...pending.filter((_, i) => chosen & (1 << i))];
    for (const order of ordersOf(calls)) if (isLegal(order, object)) return true;
  }
  return false;
}

/** Puts items from 1 to 9 into something, and takes items out. */
export const puts =
  (put: string, take: string): Draw =>
  (random) =>
    random(2) === 0 ? [put, 1 + random(9)] : [take, 0];

/** `a enqueue 1 = 1 @ 0-3`: who, what, argument, result (`?` where it has not returned), from and to. */
export function historyOf(...lines: readonly string[]): History {
  return lines.map((line): Call => {
    const [who, name, argument, , result, , times] = line.split(' ');
    const [called, returned] = times.split('-');
    return {
      process: who.charCodeAt(0) - 97,
      name,
      argument: Number(argument),
      result: result === '?' ? undefined : Number(result),
      called: Number(called),
      returned: returned === '' ? Number.POSITIVE_INFINITY : Number(returned),
    };
  });
}
