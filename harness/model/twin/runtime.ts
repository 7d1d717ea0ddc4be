// What the text of a twin calls. A step, or a call of a function that may step, returns at once and leaves `pending`
// behind; the expression that it was part of looks at it and yields, or runs the coroutine of the call.
//
// Invariant: what was left behind is taken up by the very expression that it came out of, known by the value: the
// token of the step or the coroutine of the call. If something of the engine's own stands between the two, such as a
// built-in that calls back, the value is another one or the next step comes first, and the run is given up. So
// nothing that was computed from a value which is not there yet is ever shown.
import { elementsOf } from '../../shared/array.ts';
import { fix } from '../../shared/fix.ts';
import type { Holder } from '../holder.ts';
import { Pending, Unmodelled } from '../suspend.ts';
import { builtIn } from './built-in.ts';
import type { Coroutine, Pausing } from './pausing.ts';
import { delegate, GIVES, StudentGenerator } from './student-generator.ts';
import { isList, list, walk } from './walk.ts';

const isObject = (v: unknown): boolean => (typeof v === 'object' && v !== null) || typeof v === 'function';

/** What the engine says of whoever changes what is fixed. */
const FIXED =
  /^Cannot (add|define|redefine|delete|assign to read only) property|is not extensible|^Cannot (add\/remove sealed|modify frozen) array/;

export class TwinRuntime implements Pausing {
  pending: number = Pending.NONE;
  call: Coroutine | undefined = undefined;
  /** What the role that moves now tells, at its moments, what it holds; undefined where nobody asks. */
  holder: Holder | undefined = undefined;
  readonly token: object = Object.freeze({ result: 'outstanding' });
  /** Whether the solution that was evaluated last serves for any number of runs. */
  reusable = false;
  given: unknown = undefined;
  returned: unknown = undefined;
  /** What a student's `yield` gives to the loop that drives the generator. */
  readonly gives = GIVES;
  /** Part of the names that the twin's text adds: a message that has it is not the original's. */
  #mark = '(intermediate value)';
  #failure: Unmodelled | undefined;

  /** Before a run: nothing is outstanding, nothing has failed. */
  begin(): void {
    this.pending = Pending.NONE;
    this.call = undefined;
    this.#failure = undefined;
  }

  /** After a role has returned: throws Unmodelled where something is outstanding. */
  ended(): void {
    if (this.#failure) throw this.#failure;
    this.sure(undefined);
  }

  lost(why: string): never {
    this.#failure ??= new Unmodelled(why);
    this.pending = Pending.LOST;
    throw this.#failure;
  }

  caught(e: unknown): void {
    if (this.#failure) throw this.#failure;
    if (e instanceof Unmodelled) throw e;
    this.sure(undefined);
    if (e instanceof RangeError && /call stack/.test(this.#messageOf(e)))
      this.lost('how deep calls may be nested differs in the model');
    if (e instanceof TypeError && /\(intermediate value\)/.test(this.#messageOf(e)))
      this.lost('an exception whose message depends on how the code is written');
    if (this.reusable && e instanceof TypeError && FIXED.test(this.#messageOf(e)))
      this.lost('a change of what is there for all runs');
    if (e instanceof Error && this.#messageOf(e).includes(this.#mark))
      this.lost('an exception that names what only the model has');
  }

  #messageOf(e: Error): string {
    const text = Object.getOwnPropertyDescriptor(e, 'message')?.value;
    return typeof text === 'string' ? text : '';
  }

  /** Evaluates the program; nothing in it can be suspended. `reusable`: what it gives serves for any number of runs. */
  program(mark: string, reusable: boolean, body: () => Coroutine): void {
    this.#mark = mark;
    this.reusable = reusable;
    this.#finish(body());
  }

  /** What outlives a run: that it is changed, and tells the next run so, does not go unseen. */
  fixed(values: readonly unknown[]): void {
    for (const value of values) {
      if (!isObject(value) || Object.isFrozen(value)) continue;
      fix(value as object);
      const inner = Object.values(Object.getOwnPropertyDescriptors(value));
      this.fixed(inner.flatMap((d) => [d.value, d.get, d.set]));
    }
  }

  enter(call: Coroutine): Coroutine {
    if (this.pending !== Pending.NONE && this.pending !== Pending.ROOM)
      this.lost('a call where the model cannot be suspended');
    this.pending = Pending.CALL;
    this.call = call;
    return call;
  }

  /** What an expression that has come to `v` has to run before it goes on. */
  go(v: unknown): Coroutine {
    if (this.pending === Pending.CALL && v === this.call) {
      this.pending = Pending.NONE;
      this.call = undefined;
      return v as Coroutine;
    }
    if (this.pending === Pending.ROOM) return room(v);
    return this.#missed();
  }

  pursue(v: unknown, then: (value: unknown) => unknown): Coroutine {
    const { pending } = this;
    const own = pending === Pending.STEP ? this.token : pending === Pending.CALL ? this.call : v;
    if (own !== v || pending > Pending.ROOM) this.#missed();
    this.pending = Pending.NONE;
    this.call = undefined;
    return this.enter(this.#pursuing(pending, v, then));
  }

  *#pursuing(pending: number, v: unknown, then: (value: unknown) => unknown): Coroutine {
    if (pending === Pending.CALL) return then(yield* v as Coroutine);
    this.pending = pending;
    const result = yield;
    return then(pending === Pending.STEP ? result : v);
  }

  *settled(v: unknown): Coroutine {
    if (this.pending === Pending.NONE) return v;
    return v === this.token && this.pending === Pending.STEP ? yield : yield* this.go(v);
  }

  *went(v: unknown): Coroutine {
    if (this.pending === Pending.CALL) yield* this.go(this.call);
    else if (this.pending === Pending.ROOM) yield;
    else this.#missed();
    return v;
  }

  sure(v: unknown): unknown {
    return this.pending === Pending.NONE || this.pending === Pending.ROOM ? v : this.#missed();
  }

  /** The value of what stands where nothing can be suspended, such as a default value. */
  sync(v: unknown): unknown {
    if (this.pending === Pending.NONE || this.pending === Pending.ROOM) return v;
    if (this.pending === Pending.CALL && v === this.call) return this.#finish(this.go(v));
    return this.#missed();
  }

  #missed(): never {
    if (this.#failure) throw this.#failure;
    return this.lost('a step where the model cannot be suspended');
  }

  #finish(call: Coroutine): unknown {
    const { done, value } = call.next();
    return done ? value : this.lost('a step where the model cannot be suspended');
  }

  /** Calls `f`, built-in methods that call back in their own way. */
  apply(f: unknown, on: unknown, given: unknown[]): unknown {
    if (typeof f !== 'function') throw new TypeError('(intermediate value) is not a function');
    const own = builtIn(this, f, on, given);
    return own === undefined ? Reflect.apply(f, on, given) : this.enter(own);
  }

  /** `of[key]`. */
  at(of: unknown, key: PropertyKey): unknown {
    const elements = typeof key === 'number' ? elementsOf(of) : undefined;
    return elements === undefined ? (of as Record<PropertyKey, unknown>)[key] : elements.at(key as number);
  }

  /** `of[key] = value`. */
  put(of: unknown, key: PropertyKey, value: unknown): unknown {
    const elements = typeof key === 'number' ? elementsOf(of) : undefined;
    if (elements === undefined) (of as Record<PropertyKey, unknown>)[key] = value;
    else elements.put(key as number, value);
    return value;
  }

  /** `of.length`. */
  length(of: unknown): unknown {
    const elements = elementsOf(of);
    return elements === undefined ? (of as { length: unknown }).length : elements.length;
  }

  walk(v: unknown): unknown {
    return walk(this, v);
  }

  /** The same for a pattern whose parts may throw, in which an iterator would have to be closed. */
  elements(v: unknown): unknown {
    return isList(v) ? walk(this, v) : this.lost('a pattern with parts of its own over what is no array');
  }

  list(v: unknown): unknown {
    return list(this, v);
  }

  /** What is taken apart: the message for what cannot be is the engine's own. */
  object(v: unknown): unknown {
    if (v === undefined || v === null) throw new TypeError('(intermediate value) cannot be destructured');
    return v;
  }

  /** The rest of a pattern. */
  others(from: unknown, taken: readonly PropertyKey[]): object {
    const rest: Record<PropertyKey, unknown> = { ...(from as object) };
    for (const key of taken) delete rest[key];
    return this.sure(rest) as object;
  }

  /** A key that is used twice. */
  key(k: unknown): PropertyKey {
    return isObject(k) ? this.lost('an object as the key of a step') : (k as PropertyKey);
  }

  generator(call: Coroutine): object {
    return new StudentGenerator(this, call);
  }

  delegate(to: unknown): Coroutine {
    return delegate(this, to);
  }

  /** The body of a constructor: run by `new`, or left to the constructor that extends it. */
  born(exact: boolean, body: Coroutine, self: unknown): unknown {
    const call = made(body, self);
    if (exact) return this.enter(call);
    if (this.pending !== Pending.NONE && this.pending !== Pending.ROOM) this.#missed();
    this.pending = Pending.BORN;
    this.call = this.#inheriting(call, self);
    return undefined;
  }

  *#inheriting(call: Coroutine, self: unknown): Coroutine {
    if ((yield* call) !== self)
      this.lost('a constructor that returns another object, in a class that is extended');
    return self;
  }

  /** After super(): what the constructors above have left to do. */
  inherited(fields: boolean): Coroutine | undefined {
    if (this.pending === Pending.NONE || this.pending === Pending.ROOM) return undefined;
    if (this.pending !== Pending.BORN) return this.#missed();
    if (fields) this.lost('fields of a class that extends one whose constructor may step');
    const { call } = this;
    this.pending = Pending.NONE;
    this.call = undefined;
    return call;
  }

  /** A function that may have been called by `new`. */
  constructing(call: Coroutine, self: unknown): Coroutine {
    return this.enter(made(call, self));
  }
}

function* room(v: unknown): Coroutine {
  yield;
  return v;
}

function* made(body: Coroutine, self: unknown): Coroutine {
  const returned = yield* body;
  return isObject(returned) ? returned : self;
}
