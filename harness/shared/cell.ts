// A single shared variable. Every access through `.value` is a step that other processes can come between:
// `++cell.value` is two of them, and can lose an update.
import { arena, made, place, store } from './arena.ts';
import type { ElementKind } from './element.ts';
import { coerce } from './element.ts';
import { sealed } from './sealed.ts';
import type { Shared, Way } from './way.ts';

export interface Cell<T> {
  /** Reading and writing are one step each. */
  value: T;
}

class NumberCell implements Cell<number> {
  readonly #object: Shared;
  readonly #way: Way;
  readonly #kind: ElementKind;
  constructor(object: Shared, kind: ElementKind, way: Way) {
    this.#object = object;
    this.#kind = kind;
    this.#way = way;
  }
  get value(): number {
    return this.#way.read(this.#object, 0);
  }
  set value(v: number) {
    this.#way.write(this.#object, 0, coerce(this.#kind, v));
  }
}

class BooleanCell implements Cell<boolean> {
  readonly #object: Shared;
  readonly #way: Way;
  constructor(object: Shared, way: Way) {
    this.#object = object;
    this.#way = way;
  }
  get value(): boolean {
    return this.#way.readTruth(this.#object, 0);
  }
  set value(v: boolean) {
    this.#way.write(this.#object, 0, v ? 1 : 0);
  }
}

sealed(NumberCell, BooleanCell);

function number(kind: ElementKind, initial: number): Cell<number> {
  const object = place(kind, 2, 0);
  store(kind, object, 0, coerce(kind, initial));
  return made(new NumberCell(object, kind, arena().way), object);
}

/** A shared 32-bit signed integer; values wrap as in `Int32Array`. */
export const int32 = (initial = 0): Cell<number> => number('int32', initial);
/** A shared 32-bit unsigned integer; values wrap as in `Uint32Array`. */
export const uint32 = (initial = 0): Cell<number> => number('uint32', initial);
/** A shared double. Reading and writing one are single steps: they do not tear. */
export const float64 = (initial = 0): Cell<number> => number('float64', initial);
/** A shared truth value. */
export function bool(initial = false): Cell<boolean> {
  const object = place('bool', 2, 0);
  store('bool', object, 0, initial ? 1 : 0);
  return made(new BooleanCell(object, arena().way), object);
}
