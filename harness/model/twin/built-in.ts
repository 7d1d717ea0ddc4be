// Built-ins that call back, or that go over a shared array element by element: done once more as coroutines, in the
// order in which ECMAScript does it (ECMA-262, "Properties of the Array Prototype Object"), since nothing inside the
// engine's own can be suspended.
import { Pending } from '../suspend.ts';
import type { Coroutine, Pausing } from './pausing.ts';
import { isQuiet, type Walk, walk } from './walk.ts';

type Elements = { [index: number]: unknown; readonly length: number };
type Callback = (this: unknown, ...given: unknown[]) => unknown;
type Made = (on: Pausing, self: Elements, given: readonly unknown[]) => Coroutine;

const A = Array.prototype;

/** How many elements `self` says it has, once and for all (ECMA-262, LengthOfArrayLike). */
function lengthOf(on: Pausing, self: Elements): number {
  const length = on.sure(+(on.sure(self.length) as number)) as number;
  return Math.min(Math.max(Math.trunc(length) || 0, 0), Number.MAX_SAFE_INTEGER);
}

/** Goes over the elements there are, calls back for each, and ends with what `then` says to end with. */
function each(
  then: (came: unknown, element: unknown, index: number, kept: unknown[]) => unknown,
  end: (kept: unknown[], length: number) => unknown,
  options: { holes?: boolean; backwards?: boolean } = {},
): Made {
  return function* (on, self, [call, receiver]) {
    const kept: unknown[] = [];
    const length = lengthOf(on, self);
    for (let n = 0; n < length; n++) {
      const i = options.backwards ? length - 1 - n : n;
      if (!options.holes && !(i in self)) continue;
      const element = yield* on.settled(self[i]);
      const came = yield* on.settled((call as Callback).call(receiver, element, i, self));
      const out = then(came, element, i, kept);
      if (out !== GO_ON) return out;
    }
    return end(kept, length);
  };
}

const GO_ON = Symbol('go on');

function reducing(backwards: boolean): Made {
  return function* (on, self, given) {
    const length = lengthOf(on, self);
    let so = given[1];
    let some = given.length > 1;
    for (let n = 0; n < length; n++) {
      const i = backwards ? length - 1 - n : n;
      if (!(i in self)) continue;
      const element = yield* on.settled(self[i]);
      so = some ? yield* on.settled((given[0] as Callback).call(undefined, so, element, i, self)) : element;
      some = true;
    }
    if (!some) throw new TypeError('Reduce of empty array with no initial value');
    return so;
  };
}

function* finding(
  on: Pausing,
  self: Elements,
  [wanted, from]: readonly unknown[],
  same: (a: unknown, b: unknown) => boolean,
) {
  const length = lengthOf(on, self);
  const first = length === 0 ? 0 : Math.trunc(on.sure(+(from as number)) as number) || 0;
  for (let i = first < 0 ? Math.max(first + length, 0) : first; i < length; i++)
    if (same(yield* on.settled(self[i]), wanted)) return i;
  return -1;
}

/**
 * Runs a built-in again and again, with one more answer known each time, until it needs none that has to be waited for.
 * So the engine itself says what it asks, and in what order. What an answer comes to is what `convert` makes of it.
 */
function* asked(
  on: Pausing,
  call: unknown,
  convert: (answer: unknown) => unknown,
  again: (call: Callback) => unknown,
): Coroutine {
  const known: unknown[] = [];
  const outstanding = { answer: undefined as unknown };
  for (;;) {
    let n = 0;
    try {
      return on.sure(
        again((...given) => {
          if (n === known.length) {
            const answer = (call as Callback).apply(undefined, given);
            if (on.pending !== Pending.NONE) {
              outstanding.answer = answer;
              throw outstanding;
            }
            known.push(on.sure(convert(answer)));
          }
          return known[n++];
        }),
      );
    } catch (e) {
      if (e !== outstanding) throw e;
    }
    known.push(on.sure(convert(yield* on.settled(outstanding.answer))));
  }
}

/** Sorts a copy of the same kind, since which elements are compared depends on it, on the method and on the engine. */
const sorting = (method: Callback): Made =>
  function* (on, self, [call]) {
    const before = A.slice.call(self);
    const sorted = (yield* asked(
      on,
      call,
      (order) => +(order as number),
      (compare) => method.call(before.slice(), compare),
    )) as unknown[];
    if (method !== A.sort) return sorted;
    for (let i = 0; i < sorted.length; i++) self[i] = sorted[i];
    return self;
  };

const all = (): typeof GO_ON => GO_ON;
const onArrays = new Map<unknown, Made>([
  [A.forEach, each(all, () => undefined)],
  [
    A.map,
    each(
      (came, _e, i, kept) => {
        kept[i] = came;
        return GO_ON;
      },
      (kept, length) => {
        kept.length = length;
        return kept;
      },
    ),
  ],
  [
    A.filter,
    each(
      (came, element, _i, kept) => {
        if (came) kept.push(element);
        return GO_ON;
      },
      (kept) => kept,
    ),
  ],
  [
    A.flatMap,
    each(
      (came, _e, _i, kept) => {
        if (Array.isArray(came)) for (const one of came.flat(0)) kept.push(one);
        else kept.push(came);
        return GO_ON;
      },
      (kept) => kept,
    ),
  ],
  [
    A.some,
    each(
      (came) => (came ? true : GO_ON),
      () => false,
    ),
  ],
  [
    A.every,
    each(
      (came) => (came ? GO_ON : false),
      () => true,
    ),
  ],
  [
    A.find,
    each(
      (came, element) => (came ? element : GO_ON),
      () => undefined,
      { holes: true },
    ),
  ],
  [
    A.findIndex,
    each(
      (came, _e, i) => (came ? i : GO_ON),
      () => -1,
      { holes: true },
    ),
  ],
  [
    A.findLast,
    each(
      (came, element) => (came ? element : GO_ON),
      () => undefined,
      { holes: true, backwards: true },
    ),
  ],
  [
    A.findLastIndex,
    each(
      (came, _e, i) => (came ? i : GO_ON),
      () => -1,
      { holes: true, backwards: true },
    ),
  ],
  [A.reduce, reducing(false)],
  [A.reduceRight, reducing(true)],
]);

/** Without a callback: only a shared array, which is no array of the engine's, steps in them. */
const onShared = new Map<unknown, Made>([
  [A.indexOf, (on, self, given) => finding(on, self, given, (a, b) => a === b)],
  [
    A.includes,
    function* (on, self, given) {
      return (
        (yield* finding(on, self, given, (a, b) => a === b || (Number.isNaN(a) && Number.isNaN(b)))) >= 0
      );
    },
  ],
  [
    A.join,
    function* (on, self, [separator]) {
      const texts: string[] = [];
      const length = lengthOf(on, self);
      const between = separator === undefined ? ',' : on.sure(`${separator}`);
      for (let i = 0; i < length; i++) texts.push(String(yield* on.settled(self[i])));
      return texts.join(between as string);
    },
  ],
  [
    A.fill,
    function* (on, self, [value, from, to]) {
      // Which places are filled is what the engine fills in an array as long.
      const places = Array.from({ length: lengthOf(on, self) }, () => false).fill(
        true,
        from as number,
        to as number,
      );
      for (let i = 0; i < places.length; i++) {
        if (!places[i]) continue;
        self[i] = value;
        if (on.pending !== 0) yield* on.went(undefined);
      }
      return self;
    },
  ],
]);

/** Map and Set go over what is put in meanwhile as well, as their iterators do. */
function* eachOf(
  on: Pausing,
  self: Map<unknown, unknown> | Set<unknown>,
  [call, receiver]: unknown[],
): Coroutine {
  for (const [key, value] of self.entries())
    yield* on.settled((call as Callback).call(receiver, value, key, self));
  return undefined;
}

function* arrayFrom(on: Pausing, [of, call, receiver]: unknown[]): Coroutine {
  const made: unknown[] = [];
  const iterates =
    of !== null && of !== undefined && (of as Record<symbol, unknown>)[Symbol.iterator] !== undefined;
  if (iterates) {
    const steps = (yield* on.settled(walk(on, of))) as Walk;
    for (let i = 0; yield* on.settled(steps.next()); i++) {
      try {
        const { value } = steps;
        made.push(
          call === undefined ? value : yield* on.settled((call as Callback).call(receiver, value, i)),
        );
      } catch (e) {
        on.caught(e);
        if (steps.open) yield* on.settled(steps.abort());
        throw e;
      }
    }
    return made;
  }
  const from = Object(of) as Elements;
  const { length } = Array.from({ length: from.length });
  for (let i = 0; i < length; i++) {
    const value = yield* on.settled(from[i]);
    made.push(call === undefined ? value : yield* on.settled((call as Callback).call(receiver, value, i)));
  }
  return made;
}

/** The coroutine that does what `f` does; undefined where `f` itself does, or is what is to be called. */
export function builtIn(on: Pausing, f: unknown, self: unknown, given: unknown[]): Coroutine | undefined {
  // An array with a constructor of its own says itself what is made of it.
  const plain =
    Array.isArray(self) && Object.getPrototypeOf(self) === A && !Object.hasOwn(self, 'constructor');
  const shared = typeof self === 'object' && self !== null && !Array.isArray(self);
  const called = typeof given[0] === 'function';
  if (plain || shared) {
    const made = (called ? onArrays.get(f) : undefined) ?? (shared ? onShared.get(f) : undefined);
    if (made) return made(on, self as Elements, given);
  }
  if (!called && !(f === Array.from) && typeof given[1] !== 'function') return undefined;
  if (plain && called && (f === A.sort || (A as { toSorted?: unknown }).toSorted === f)) {
    const { length } = self as unknown[];
    for (let i = 0; i < length; i++) if (!(i in (self as object))) return undefined;
    return sorting(f as Callback)(on, self as Elements, given);
  }
  if (called && f === Map.prototype.forEach && self instanceof Map) return eachOf(on, self, given);
  if (called && f === Set.prototype.forEach && self instanceof Set) return eachOf(on, self, given);
  if (f === Array.from && self === Array) {
    if (given[1] === undefined ? isQuiet(given[0]) : typeof given[1] !== 'function') return undefined;
    return given[0] === null || given[0] === undefined ? undefined : arrayFrom(on, given);
  }
  const replaces = f === String.prototype.replace || f === String.prototype.replaceAll;
  if (replaces && typeof self === 'string' && typeof given[1] === 'function') {
    const pattern = given[0];
    const at = pattern instanceof RegExp ? pattern.lastIndex : 0;
    const text = (answer: unknown): unknown => `${answer}`;
    return asked(on, given[1], text, (call) => {
      if (pattern instanceof RegExp) pattern.lastIndex = at;
      return Reflect.apply(f as Callback, self, [pattern, call]);
    });
  }
  return undefined;
}
