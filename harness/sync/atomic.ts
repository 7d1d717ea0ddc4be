// A 32-bit integer whose operations are single steps, reading and writing together. 32-bit arithmetic wraps.
import { arena, made, place } from '../shared/arena.ts';
import { always, type Operation, onWord } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';

const load = onWord('atomicInt32', 'load', {
  next: (w) => w,
  result: (w) => w,
  wakes: 'none',
  observes: true,
});
const store = onWord('atomicInt32', 'store', { next: (_w, _me, v) => v, wakes: 'none' });
const add = onWord('atomicInt32', 'add', {
  next: (w, _me, v) => (w + v) | 0,
  result: (w) => w,
  wakes: 'none',
});
const exchange = onWord('atomicInt32', 'exchange', {
  next: (_w, _me, v) => v,
  result: (w) => w,
  wakes: 'none',
});

/** The argument is the expected value, the second one its replacement. */
const compareAndSet: Operation = {
  code: -1,
  on: 'atomicInt32',
  name: 'compareAndSet',
  span: 'word',
  wakes: 'none',
  ready: always,
  take: (m, at, _me, expected, replacement) => {
    if (m[at] !== expected) return 0;
    m[at] = replacement;
    return 1;
  },
};

export const atomicOperations = { load, store, add, exchange, compareAndSet };

/** An atomic 32-bit integer that all processes of the run see. */
export interface AtomicInt32 {
  load(): number;
  store(value: number): void;
  /** Adds `value` and returns what was there before. */
  add(value: number): number;
  /** Stores `value` and returns what was there before. */
  exchange(value: number): number;
  /** Stores `replacement` if the value is `expected`; says whether it did. */
  compareAndSet(expected: number, replacement: number): boolean;
}

class AtomicCell implements AtomicInt32 {
  readonly #object: Shared;
  readonly #way: Way;
  constructor(object: Shared, way: Way) {
    this.#object = object;
    this.#way = way;
  }
  load(): number {
    return this.#way.step(load, this.#object, 0);
  }
  store(value: number): void {
    this.#way.act(store, this.#object, value | 0);
  }
  add(value: number): number {
    return this.#way.step(add, this.#object, value | 0);
  }
  exchange(value: number): number {
    return this.#way.step(exchange, this.#object, value | 0);
  }
  compareAndSet(expected: number, replacement: number): boolean {
    return this.#way.test(compareAndSet, this.#object, expected | 0, replacement | 0);
  }
}

sealed(AtomicCell);

/** Creates an atomic integer. */
export function atomicInt32(initial = 0): AtomicInt32 {
  const object = place('atomicInt32', 0, initial | 0);
  return made(new AtomicCell(object, arena().way), object);
}
