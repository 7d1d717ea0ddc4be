// A shared array of fixed length. Every `array[i]` is a step; an index outside it is misuse, not `undefined`.
import { arena, made, place, store } from './arena.ts';
import { coerce, type ElementKind, elementWords } from './element.ts';
import { sealed } from './sealed.ts';
import type { Shared, Way } from './way.ts';

/** What a shared array can do: elements by index, and the methods that read or write one element at a time. */
export interface SharedArray<T> extends Iterable<T> {
  readonly length: number;
  [index: number]: T;
  fill(value: T, from?: number, to?: number): this;
  indexOf(value: T): number;
  includes(value: T): boolean;
  every(holds: (value: T, index: number) => boolean): boolean;
  some(holds: (value: T, index: number) => boolean): boolean;
  forEach(each: (value: T, index: number) => void): void;
  map<U>(each: (value: T, index: number) => U): U[];
  reduce<U>(each: (so: U, value: T, index: number) => U, start: U): U;
  join(separator?: string): string;
}

// The methods of Array are generic: over the proxy below, each element they touch is a step.
const methods: Record<PropertyKey, unknown> = Object.create(null);
for (const name of [
  'fill',
  'indexOf',
  'includes',
  'every',
  'some',
  'forEach',
  'map',
  'reduce',
  'join',
] as const) {
  methods[name] = Array.prototype[name];
}
methods[Symbol.iterator] = Array.prototype[Symbol.iterator];
Object.freeze(methods);

/** An array whose accesses are steps, for who knows an index as a number and so needs no trap. */
export interface Elements {
  readonly length: number;
  at(index: number): unknown;
  put(index: number, value: unknown): void;
}

/** The traps of an array whose accesses are steps. */
class Stepwise implements ProxyHandler<object>, Elements {
  readonly #object: Shared;
  readonly #kind: ElementKind;
  readonly #way: Way;
  constructor(object: Shared, kind: ElementKind, way: Way) {
    this.#object = object;
    this.#kind = kind;
    this.#way = way;
  }
  get length(): number {
    return this.#object.length;
  }
  at(index: number): unknown {
    return this.#has(index) ? this.#read(index) : this.#outside(String(index));
  }
  put(index: number, value: unknown): void {
    if (this.#has(index)) this.#way.write(this.#object, index, coerce(this.#kind, value as number));
    else this.#outside(String(index));
  }
  #has(index: number): boolean {
    return index >= 0 && index < this.#object.length && Math.floor(index) === index;
  }
  #read(index: number): unknown {
    return this.#kind === 'bool'
      ? this.#way.readTruth(this.#object, index)
      : this.#way.read(this.#object, index);
  }
  /** The index that `key` stands for; -1 where it is a name, -2 where it is outside the array. */
  #index(key: string | symbol): number {
    if (typeof key !== 'string' || key === '') return -1;
    const index = Number(key);
    if (this.#has(index)) return index;
    return Number.isNaN(index) && key !== 'NaN' && key !== 'undefined' ? -1 : -2;
  }
  #outside(key: string | symbol): never {
    const { length } = this.#object;
    return this.#way.misuse(
      this.#object,
      `index ${String(key)} is outside the array: it has ${length === 1 ? 'one element, 0' : `${length} elements, 0 to ${length - 1}`}`,
      Math.trunc(Number(key)) | 0,
    );
  }
  get(_target: object, key: string | symbol): unknown {
    if (key === 'length') return this.#object.length;
    const index = this.#index(key);
    if (index === -2) return this.#outside(key);
    if (index < 0) return methods[key];
    return this.#read(index);
  }
  set(_target: object, key: string | symbol, value: unknown): boolean {
    const index = this.#index(key);
    if (index === -1) return false;
    if (index === -2) this.#outside(key);
    else this.#way.write(this.#object, index, coerce(this.#kind, value as number));
    return true;
  }
  has(_target: object, key: string | symbol): boolean {
    return (
      key === 'length' || (typeof key === 'string' && Number(key) >= 0 && Number(key) < this.#object.length)
    );
  }
  defineProperty(): boolean {
    return false;
  }
  deleteProperty(): boolean {
    return false;
  }
}
sealed(Stepwise);

const stepwise = new WeakMap<object, Elements>();

/** The shared array that `handle` stands for, where its accesses are steps; else undefined. */
export const elementsOf = (handle: unknown): Elements | undefined => stepwise.get(handle as object);

/** What all these arrays are a proxy of: nothing but the methods. */
const target: object = Object.freeze(Object.create(methods));

function array<T>(kind: ElementKind, length: number, initial: T | ArrayLike<T>): SharedArray<T> {
  if (!Number.isInteger(length) || length < 1) {
    throw new RangeError(`${kind}Array(${length}): the length must be a whole number of at least 1.`);
  }
  const object = place(`${kind}Array`, length * elementWords(kind), 0, length);
  const at =
    typeof initial === 'object' && initial !== null
      ? (i: number) => (initial as ArrayLike<T>)[i]
      : () => initial;
  for (let i = 0; i < length; i++) store(kind, object, i, coerce(kind, Number(at(i) ?? 0)));
  return over(object, kind);
}

function over<T>(object: Shared, kind: ElementKind): SharedArray<T> {
  const { way } = arena();
  const bare = way.bare(object);
  if (bare !== undefined) return made(bare as SharedArray<T>, object);
  const traps = new Stepwise(object, kind, way);
  const handle = new Proxy(target, traps) as SharedArray<T>;
  stepwise.set(handle, traps);
  return made(handle, object);
}

/** The elements of an `int32Array` that was placed already, all 0. */
export const arrayOver = (object: Shared): SharedArray<number> => over(object, 'int32');

/** A shared array of 32-bit signed integers: a length, and an initial value for all or one for each. */
export const int32Array = (length: number, initial: number | ArrayLike<number> = 0): SharedArray<number> =>
  array('int32', length, initial);
/** A shared array of 32-bit unsigned integers. */
export const uint32Array = (length: number, initial: number | ArrayLike<number> = 0): SharedArray<number> =>
  array('uint32', length, initial);
/** A shared array of doubles. */
export const float64Array = (length: number, initial: number | ArrayLike<number> = 0): SharedArray<number> =>
  array('float64', length, initial);
/** A shared array of truth values. */
export const boolArray = (
  length: number,
  initial: boolean | ArrayLike<boolean> = false,
): SharedArray<boolean> => array('bool', length, initial);
