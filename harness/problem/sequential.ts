// Sequential objects that problems hold students' objects against. What is true or false is 1 or 0.
import type { Knowledge, Operation, SequentialObject, TimedOperation } from './sequential-object.ts';

type Items = readonly number[];

/** What is returned where there is no item. Not 0, which is what a slot holds that nobody has written. */
const NOTHING = -1;

const places = (capacity: number): string =>
  capacity === Number.POSITIVE_INFINITY
    ? ''
    : ` with ${capacity === 1 ? 'a single place' : `${capacity} places`}`;

/** `enqueue(7) → true`, `dequeue() → nothing`. */
function words(puts: string, takes: string): (operation: Operation) => string {
  return ({ name, argument, result }) => {
    if (name === puts) return `${puts}(${argument})${result === undefined ? '' : ` → ${result !== 0}`}`;
    return `${takes}()${result === undefined ? '' : ` → ${result === NOTHING ? 'nothing' : result}`}`;
  };
}

/**
 * What a history says about the items of a container. An item must not leave before another one that was taken before
 * anybody came who could have taken the first; and items that nobody took are all alike. Without this the search tries
 * all orders in which items can have come that came at the same time, and notices only when they are taken that an
 * order was wrong: 2ⁿ states.
 * @param newestFirst whether the item that came last leaves first
 */
function knowing(history: readonly TimedOperation[], puts: string, newestFirst: boolean): Knowledge<Items> {
  const put = new Map<number, number>();
  const taken = new Map<number, TimedOperation>();
  let underWay = Number.POSITIVE_INFINITY; // when the first of those came who are still to take something
  for (const operation of history) {
    const { name, argument, result, called } = operation;
    if (name === puts) put.set(argument, (put.get(argument) ?? 0) + 1);
    else if (result !== undefined) taken.set(result, operation);
    else underWay = Math.min(underWay, called);
  }
  const wrong = (sooner: number, later: number): boolean => {
    const end = taken.get(later);
    // Where an item was put in twice it cannot be said which of the two was taken.
    if (end === undefined || put.get(sooner) !== 1 || put.get(later) !== 1) return false;
    return end.returned < Math.min(taken.get(sooner)?.called ?? underWay, underWay);
  };
  return {
    hopeless(items) {
      // The others were looked at when they came.
      const newest = items[items.length - 1];
      for (let i = 0; i < items.length - 1; i++)
        if (newestFirst ? wrong(newest, items[i]) : wrong(items[i], newest)) return true;
      return false;
    },
    key: (items) => items.map((item) => (taken.has(item) ? item : '')).join(),
  };
}

/** Something that items go into and come out of, one at a time. `next` says where the next one out stands. */
function container(
  name: string,
  puts: string,
  takes: string,
  capacity: number,
  next: (items: Items) => number,
): SequentialObject<Items> {
  return {
    name: name + places(capacity),
    start: [],
    apply(items, operation, argument) {
      if (operation === puts) return items.length < capacity ? [[...items, argument], 1] : [items, 0];
      if (items.length === 0) return [items, NOTHING];
      const at = next(items);
      return [[...items.slice(0, at), ...items.slice(at + 1)], items[at]];
    },
    key: (items) => items.join(),
    says: words(puts, takes),
    knowing: (history) => knowing(history, puts, next([0, 0]) > 0),
    omission: {
      // Full and empty are looked at only.
      alone: ({ name: operation, result }) => result === (operation === puts ? 0 : NOTHING),
      // All that has to do with one item: the others keep their order without it, and empty stays empty. A call
      // that is still to take something may have taken any item, and stays.
      together: ({ name: operation, argument, result }) => (operation === puts ? argument : result),
      // Without an item there would be room.
      pins: ({ name: operation, result }) => operation === puts && result === 0,
    },
  };
}

/**
 * A first-in-first-out queue. `enqueue` returns whether there was room, `dequeue` the item or `nothing`.
 * @param capacity how many items it has room for. Default: any number.
 */
const queue = (capacity: number = Number.POSITIVE_INFINITY): SequentialObject<Items> =>
  container('a queue', 'enqueue', 'dequeue', capacity, () => 0);

/**
 * A last-in-first-out stack. `push` returns whether there was room, `pop` the item or `nothing`.
 * @param capacity how many items it has room for. Default: any number.
 */
const stack = (capacity: number = Number.POSITIVE_INFINITY): SequentialObject<Items> =>
  container('a stack', 'push', 'pop', capacity, (items) => items.length - 1);

/**
 * One value. `write` stores it and returns 0, `read` returns what was written last.
 * @param initial what it holds at the start. Default 0.
 */
const register = (initial = 0): SequentialObject<number> => ({
  name: 'a register',
  start: initial,
  apply: (value, name, argument) => (name === 'write' ? [argument, 0] : [value, value]),
  key: (value) => value,
  says: ({ name, argument, result }) =>
    name === 'write' ? `write(${argument})` : `read()${result === undefined ? '' : ` → ${result}`}`,
  omission: {
    alone: ({ name }) => name === 'read',
    together: ({ name, argument, result }) => (name === 'write' ? argument : result),
  },
});

/** A set of numbers. `add` and `remove` return whether they changed it, `has` whether the number is in it. */
const set = (): SequentialObject<Items> => ({
  name: 'a set',
  start: [],
  apply(members, name, argument) {
    const is = members.includes(argument);
    if (name === 'has') return [members, Number(is)];
    if (is === (name === 'add')) return [members, 0];
    return [is ? members.filter((m) => m !== argument) : [...members, argument].sort((a, b) => a - b), 1];
  },
  key: (members) => members.join(),
  says: ({ name, argument, result }) =>
    `${name}(${argument})${result === undefined ? '' : ` → ${result !== 0}`}`,
  partition: (_name, argument) => argument,
  omission: {
    alone: ({ name, result }) => name === 'has' || result === 0,
    together: ({ argument }) => argument,
  },
});

/** What objects that are shared can be held against; `nothing` is -1, the item of an empty one. */
export const sequential = Object.freeze({ queue, stack, register, set, nothing: NOTHING });
