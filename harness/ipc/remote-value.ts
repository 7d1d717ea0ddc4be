// What goes with a call, as text: JSON, with what JSON does not know as lists that begin with a letter. By value: numbers,
// strings, truth values, null, undefined, lists and plain objects. By reference: what a reference stands for.
//
// | value         | text                                |
// | ------------- | ----------------------------------- |
// | undefined     | ["u"]                               |
// | NaN, -0 …     | ["n", "NaN"]                        |
// | a list        | ["a", element …]                    |
// | a plain object| ["o", key, value, key, value …]     |
// | a reference   | ["r", home, number of the object]   |

/** An object by its home, the process that has it, and its number there. */
export interface Place {
  readonly home: number;
  readonly id: number;
}

export type Json = null | boolean | number | string | readonly Json[];

/** Puts values into text. */
export class ValueWriter {
  readonly #placeOf: (value: object) => Place | undefined;
  /** Lists and objects around what is written now. */
  readonly #around = new Set<object>();
  /** The references that were written. */
  readonly references: object[] = [];

  /** @param placeOf where the object is that this is a reference to; undefined where it is none */
  constructor(placeOf: (value: object) => Place | undefined) {
    this.#placeOf = placeOf;
  }

  /** Throws TypeError where it cannot be sent. `where` names it: `argument 1`. */
  write(value: unknown, where: string): Json {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'undefined':
        return ['u'];
      case 'number':
        if (Number.isFinite(value) && !Object.is(value, -0)) return value;
        return ['n', Object.is(value, -0) ? '-0' : String(value)];
      case 'object':
        return value === null ? null : this.#object(value, where);
      case 'function':
        throw new TypeError(
          `${where} is a function, which cannot be sent: give a reference to an object that has it, made by object({ … }).`,
        );
      default:
        throw new TypeError(`${where} is a ${typeof value}, which cannot be sent. ${SENDABLE}`);
    }
  }

  #object(value: object, where: string): Json {
    const place = this.#placeOf(value);
    if (place !== undefined) {
      this.references.push(value);
      return ['r', place.home, place.id];
    }
    if (this.#around.has(value)) {
      throw new TypeError(`${where} contains itself, which cannot be sent by value.`);
    }
    this.#around.add(value);
    const text = Array.isArray(value) ? this.#list(value, where) : this.#plain(value, where);
    this.#around.delete(value);
    return text;
  }

  #list(value: readonly unknown[], where: string): Json {
    const all: Json[] = ['a'];
    for (let i = 0; i < value.length; i++) all.push(this.write(value[i], `${where}[${i}]`));
    return all;
  }

  #plain(value: object, where: string): Json {
    const kind = Object.getPrototypeOf(value);
    if (kind !== Object.prototype && kind !== null) {
      throw new TypeError(`${where} is no plain object, and cannot be sent. ${SENDABLE}`);
    }
    const all: Json[] = ['o'];
    for (const [key, part] of Object.entries(value)) all.push(key, this.write(part, `${where}.${key}`));
    return all;
  }
}

const SENDABLE =
  'By value go numbers, strings, booleans, null, undefined, lists and plain objects; by reference, what object({ … }) made.';

/** The value of `json`. `at` gives the reference to the object at a place. */
export function valueIn(json: Json, at: (place: Place) => object): unknown {
  if (typeof json !== 'object' || json === null) return json;
  const [kind, ...parts] = json;
  switch (kind) {
    case 'u':
      return undefined;
    case 'n':
      return Number(parts[0]);
    case 'a':
      return parts.map((part) => valueIn(part, at));
    case 'r':
      return at({ home: parts[0] as number, id: parts[1] as number });
    default: {
      const entries: [string, unknown][] = [];
      for (let i = 0; i < parts.length; i += 2) entries.push([parts[i] as string, valueIn(parts[i + 1], at)]);
      return Object.fromEntries(entries);
    }
  }
}
