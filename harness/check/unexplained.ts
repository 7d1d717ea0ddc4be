// Why no order of some calls explains what they returned, in words: who called what, when, what it returned, and
// where each order that fits the times gets stuck.
import type { SequentialObject } from '../problem/sequential-object.ts';
import type { Call, History } from './history.ts';
import { candidatesOf } from './linearizability.ts';

/** An order that got stuck: the calls so far, and what the object would return to the next one. */
export interface Stuck {
  readonly order: readonly Call[];
  readonly next: Call;
  readonly would: number;
}

/** Orders that are told; what more there is is only counted. */
const TOLD = 2;
/** Configurations looked at for that, at most. */
const MOST = 2_000;

/** Where the orders of `history` get stuck, those that get furthest first; each state of affairs once. */
export function stuckOrders(history: History, object: SequentialObject): Stuck[] {
  const lanes = [...new Set(history.map((call) => call.process))].map((p) =>
    history.filter((call) => call.process === p),
  );
  const found: Stuck[] = [];
  const seen = new Set<string>();
  const visit = (taken: readonly number[], state: unknown, order: readonly Call[]): void => {
    const key = `${taken.join()}|${object.key(state)}`;
    if (seen.has(key) || seen.size >= MOST) return;
    seen.add(key);
    let stuck: Stuck | undefined;
    let open = false;
    for (const call of candidatesOf(lanes, taken)) {
      const [after, would] = object.apply(state, call.name, call.argument);
      if (call.result !== undefined && call.result !== would) {
        stuck ??= { order, next: call, would };
        continue;
      }
      // A call that has not returned need not come now: the order is stuck for all that.
      if (call.result !== undefined) open = true;
      visit(
        taken.map((n, i) => (lanes[i].includes(call) ? n + 1 : n)),
        after,
        [...order, call],
      );
    }
    if (stuck && !open) found.push(stuck);
  };
  visit(new Array<number>(lanes.length).fill(0), object.start, []);
  return found.sort((a, b) => b.order.length - a.order.length);
}

/** `a`, `a and b`, `a, b and c`. */
const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/**
 * The calls of `history` and why no order explains them.
 * @param nameOf the name of a process: `enqueuer 0`
 * @param unit what times are counted in: `step`
 */
export function whyUnexplained(
  history: History,
  object: SequentialObject,
  nameOf: (process: number) => string,
  unit: 'step' | 'event',
): string {
  const calls = [...history].sort((a, b) => a.returned - b.returned || a.called - b.called);
  const told = calls.map((call) => {
    const when =
      call.result === undefined
        ? `since ${unit} ${call.called + 1}, not back yet`
        : `${unit}s ${call.called + 1} to ${call.returned + 1}`;
    return `${object.says(call)} by ${nameOf(call.process)} (${when})`;
  });
  const stuck = stuckOrders(history, object);
  const ways = new Set(
    stuck.map(({ order, next, would }) => {
      const before =
        order.length > 0 ? `after ${listed(order.map((c) => object.says(c)))}` : 'with no call before';
      const answer = object.says({ ...next, result: would });
      return `${before}, ${object.name} answers ${nameOf(next.process)} with ${answer}`;
    }),
  );
  const reasons = [...ways].slice(0, TOLD);
  const more = ways.size - reasons.length;
  const rest = more > 0 ? `; ${more} more get stuck like that` : '';
  if (calls.length === 1) {
    const [{ next, would }] = stuck;
    return `${told[0]}. Whatever else was called, this cannot be: by itself, ${object.name} answers ${object.says({ ...next, result: would })}`;
  }
  return `${listed(told)}. No order that fits these times explains them all: ${reasons.join('; ')}${rest}`;
}
