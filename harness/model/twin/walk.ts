// The iteration protocol for twins: what `for…of`, spread and array patterns do inside the engine, where a step could
// not be suspended, done by calls that can be.
import type { Pausing } from './pausing.ts';

const arrayValues = Array.prototype[Symbol.iterator] as unknown;

/** Methods that iterate over plain data of the role's own: no step can come between. */
const quiet = new Map<unknown, (of: object) => boolean>([
  [Map.prototype[Symbol.iterator], (of) => Object.getPrototypeOf(of) === Map.prototype],
  [Set.prototype[Symbol.iterator], (of) => Object.getPrototypeOf(of) === Set.prototype],
  [Object.getPrototypeOf(Int8Array.prototype)[Symbol.iterator], (of) => ArrayBuffer.isView(of)],
]);

type Method = (this: unknown, ...given: unknown[]) => unknown;

const isObject = (v: unknown): v is object =>
  (typeof v === 'object' && v !== null) || typeof v === 'function';

/** What is thrown is worded by the engine in the original: see `caught` in runtime.ts. */
const worded = (): never => {
  throw new TypeError('(intermediate value) is not iterable');
};

/** The method of `v` that iterates; undefined where it has none. */
function methodOf(v: unknown): Method | undefined {
  if (v === undefined || v === null) return undefined;
  const method = (v as Record<symbol, unknown>)[Symbol.iterator];
  return typeof method === 'function' ? (method as Method) : undefined;
}

/** Whether the engine itself may iterate over `v`, since no step can happen in it. */
export function isQuiet(v: unknown): boolean {
  if (Array.isArray(v)) return methodOf(v) === arrayValues;
  if (typeof v === 'string') return true;
  const method = methodOf(v);
  return method === undefined || (isObject(v) && quiet.get(method)?.(v) === true);
}

/** Whether leaving an iteration over `v` early has no effect. */
export const isList = (v: unknown): boolean => methodOf(v) === arrayValues;

export class Walk {
  /** The element that `next` has come to; at the end what the iteration returned. */
  value: unknown;
  /** Whether there may be more: then it has to be closed before it is left. */
  open = false;
  readonly #on: Pausing;
  readonly #list: ArrayLike<unknown> | undefined;
  readonly #iterator: object | undefined;
  readonly #advance: Method | undefined;
  #at = 0;

  constructor(on: Pausing, list: ArrayLike<unknown> | undefined, iterator: unknown) {
    this.#on = on;
    this.#list = list;
    if (list === undefined) {
      if (!isObject(iterator)) throw new TypeError('(intermediate value) is not an object');
      this.#iterator = iterator;
      this.#advance = (iterator as { next: Method }).next;
      on.sure(undefined);
    }
  }

  /** The list that it goes over, or what it asks for the next element. */
  get over(): object {
    return (this.#list as object | undefined) ?? (this.#iterator as object);
  }

  /** How many elements of the list it has been at; -1 at the end. */
  get place(): number {
    return this.#at;
  }

  /** Goes on to the next element; false at the end. */
  next(): unknown {
    const on = this.#on;
    const list = this.#list;
    if (list !== undefined) {
      if (this.#at < 0 || this.#at >= list.length) {
        this.#at = -1;
        this.value = undefined;
        return false;
      }
      this.value = list[this.#at++];
      return on.pending === 0 ? true : on.pursue(this.value, (v) => this.#got(v));
    }
    this.open = false;
    if (this.#at < 0) return false;
    this.#at = -1;
    if (typeof this.#advance !== 'function') return worded();
    const result = this.#advance.call(this.#iterator);
    return on.pending === 0 ? this.#came(result) : on.pursue(result, (r) => this.#came(r));
  }

  /** The next element, undefined past the end: for patterns. */
  take(): unknown {
    const more = this.next();
    if (this.#on.pending === 0) return more ? this.value : undefined;
    return this.#on.pursue(more, (m) => (m ? this.value : undefined));
  }

  /** What is left, as an array. */
  rest(): unknown {
    return this.#on.enter(this.#all());
  }

  /** Leaves the iteration before its end. */
  close(): unknown {
    if (!this.open) return undefined;
    this.open = false;
    this.#at = -1;
    return this.#on.enter(this.#closing());
  }

  /** Leaves it because of an error, which counts for more than one of the iterator's own. */
  abort(): unknown {
    return this.#on.enter(this.#aborting());
  }

  #came(result: unknown): boolean {
    if (!isObject(result)) throw new TypeError('(intermediate value) is not an object');
    const { done } = result as IteratorResult<unknown>;
    this.value = (result as IteratorResult<unknown>).value;
    if (done) return this.#on.sure(false) as boolean;
    this.#at = 0;
    this.open = true;
    return this.#on.sure(true) as boolean;
  }

  #got(value: unknown): boolean {
    this.value = value;
    return true;
  }

  *#all(): Generator<undefined, unknown[], unknown> {
    const all: unknown[] = [];
    while (yield* this.#on.settled(this.next())) all.push(this.value);
    return all;
  }

  *#closing(): Generator<undefined, undefined, unknown> {
    const end = (this.#iterator as { return?: Method }).return;
    if (end === undefined || end === null) return;
    const result = yield* this.#on.settled(end.call(this.#iterator));
    if (!isObject(result)) throw new TypeError('(intermediate value) is not an object');
  }

  *#aborting(): Generator<undefined, undefined, unknown> {
    try {
      yield* this.#on.settled(this.close());
    } catch (e) {
      this.#on.caught(e);
    }
  }
}

/** Begins to iterate over `v`: a Walk, or the call of a method of the role's own that gives one. */
export function walk(on: Pausing, v: unknown): unknown {
  const method = methodOf(v);
  if (method === undefined) return worded();
  if (method === arrayValues) return new Walk(on, v as ArrayLike<unknown>, undefined);
  const iterator = method.call(v);
  if (on.pending === 0) return new Walk(on, undefined, iterator);
  return on.pursue(iterator, (made) => new Walk(on, undefined, made));
}

/** `v` where the engine may iterate over it, else an array of what it gives. */
export function list(on: Pausing, v: unknown): unknown {
  if (isQuiet(v)) return v;
  return on.enter(listed(on, v));
}

function* listed(on: Pausing, v: unknown): Generator<undefined, unknown, unknown> {
  const steps = (yield* on.settled(walk(on, v))) as Walk;
  return yield* on.settled(steps.rest());
}
