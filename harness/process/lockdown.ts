// The realm of student code: the language, and nothing of the machine. What could carry something from one run to
// the next, or from a solution to the lab, is frozen; what would make a run depend on anything but its schedule is
// absent, with a message that says what to do instead.
//
// The method is that of SES and Node's --frozen-intrinsics (github.com/endojs/endo): keep a list of what is
// allowed, delete the rest, freeze all that can be reached.

import { fix } from '../shared/fix.ts';

const allowed = new Set(
  [
    'Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date RegExp Error',
    'AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError JSON Math Map Set WeakMap',
    'WeakSet BigInt Proxy Reflect Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array',
    'Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array ArrayBuffer DataView isNaN isFinite',
    'encodeURI encodeURIComponent decodeURI decodeURIComponent globalThis console Iterator Float16Array',
  ].flatMap((line) => line.split(' ')),
);

const blocking = 'Roles are plain blocking code; wait with a semaphore, a condition or sleep().';
const absent: Readonly<Record<string, string>> = {
  setTimeout: `there are no timers. ${blocking}`,
  setInterval: `there are no timers. ${blocking}`,
  setImmediate: `there are no timers. ${blocking}`,
  queueMicrotask: `there are no promises. ${blocking}`,
  Promise: `there are no promises. ${blocking}`,
  process: 'the process belongs to the lab. A role ends by returning.',
  require: "only 'interleave' and the problem can be imported.",
  Buffer: 'use the shared arrays of interleave.',
  fetch: 'there is no network.',
  XMLHttpRequest: 'there is no network.',
  WebSocket: 'there is no network.',
  Worker: 'the lab starts the processes; a role cannot.',
  performance: 'time is virtual in controlled runs.',
  crypto: 'use Math.random(), which is seeded, so that a run can be repeated.',
  structuredClone: 'processes share only what share() creates.',
  eval: 'code cannot be made from text here.',
  SharedArrayBuffer: 'processes share only what share() creates.',
  Atomics: 'use atomicInt32 of interleave.',
  WebAssembly: 'solutions are written in TypeScript.',
  WeakRef: 'it would show the garbage collector, which no schedule controls.',
  FinalizationRegistry: 'it would show the garbage collector, which no schedule controls.',
  Intl: 'it depends on the machine.',
  Temporal: 'time is virtual in controlled runs.',
};

/** What a name that is not there says when it is used. */
class Absent extends Error {
  override readonly name = 'NotInTheLab';
}

function forbid(global: object, name: string, why: string): void {
  const complain = (): never => {
    throw new Absent(`${name} is not available in the lab: ${why}`);
  };
  Object.defineProperty(global, name, {
    get: complain,
    set: complain,
    configurable: false,
    enumerable: false,
  });
}

/** Objects that are reached by syntax only. */
function hidden(): unknown[] {
  const generator = function* () {};
  const asyncFunction = async () => {};
  const asyncGenerator = async function* () {};
  const prototypes = [
    generator,
    generator(),
    asyncFunction,
    asyncGenerator,
    asyncGenerator(),
    [][Symbol.iterator](),
    ''[Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    'a'.matchAll(/a/g),
    Int8Array,
  ].map((o) => Object.getPrototypeOf(o));
  // Newer engines: the objects behind Iterator.from and the methods of iterators, and the accessors of error.stack.
  const iterator = (globalThis as { Iterator?: { from(o: object): object } }).Iterator;
  const mapped = ([][Symbol.iterator]() as { map?(f: () => number): object }).map?.(() => 0);
  if (iterator)
    prototypes.push(Object.getPrototypeOf(iterator.from({ next: () => ({ done: true }) } as object)));
  if (mapped) prototypes.push(Object.getPrototypeOf(mapped));
  const stack = Object.getOwnPropertyDescriptor(new Error(), 'stack');
  prototypes.push(stack?.get, stack?.set);
  return [
    ...prototypes,
    ...prototypes.filter(Boolean).map((p) => Object.getPrototypeOf(p)),
    Promise,
    Promise.prototype,
  ];
}

/** Freezes everything that can be reached from `roots`. */
export function harden(roots: readonly unknown[]): void {
  const seen = new Set<unknown>();
  const todo = [...roots];
  while (todo.length > 0) {
    const value = todo.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value))
      continue;
    seen.add(value);
    todo.push(Object.getPrototypeOf(value));
    for (const d of Object.values(Object.getOwnPropertyDescriptors(value))) todo.push(d.value, d.get, d.set);
    for (const key of Object.getOwnPropertySymbols(value)) {
      const d = Object.getOwnPropertyDescriptor(value, key);
      todo.push(d?.value, d?.get, d?.set);
    }
    if (!ArrayBuffer.isView(value)) fix(value);
  }
}

/**
 * Keeps `object.name = …` working on objects that inherit a frozen property: the assignment makes an own one, as it
 * would if the property were not frozen.
 */
function assignable(prototype: object, names: readonly string[]): void {
  for (const name of names) {
    const d = Object.getOwnPropertyDescriptor(prototype, name);
    if (d === undefined || !('value' in d)) continue;
    const { value } = d;
    Object.defineProperty(prototype, name, {
      get: () => value,
      set(this: object, v: unknown) {
        if (this === prototype) throw new TypeError(`'${name}' of a built-in prototype cannot be changed`);
        Object.defineProperty(this, name, { value: v, writable: true, enumerable: true, configurable: true });
      },
      enumerable: false,
      configurable: false,
    });
  }
}

/** Clock and generator of the run, which take the place of the machine's. */
export interface Substitutes {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 to 1, 1 excluded. */
  random(): number;
  /** What is printed with console.log and its like. */
  print(text: string): void;
  /** Told when code looks at its own text or at a stack: in a model neither is what it is in a process. */
  looked(at: string): void;
}

/** Tells `looked` of whoever looks at how the code is written, or at who called it. */
function watchLooks(looked: (at: string) => void): void {
  const text = Function.prototype.toString;
  const watched = {
    toString(this: unknown): string {
      looked('the text of a function');
      return Reflect.apply(text, this, []);
    },
  };
  Object.defineProperty(Function.prototype, 'toString', { value: watched.toString });
  Object.defineProperty(Error, 'prepareStackTrace', {
    value(error: unknown, frames: readonly unknown[]): string {
      looked('a stack');
      let head: string;
      try {
        head = String(error);
      } catch {
        head = 'Error';
      }
      return [head, ...frames].join('\n    at ');
    },
  });
}

function substituteDate(now: () => number): void {
  const Original = Date;
  const Replaced = function (this: unknown, ...given: number[]) {
    if (this === undefined) return new Original(now()).toString();
    return Reflect.construct(
      Original,
      given.length === 0 ? [now()] : (given as [number]),
      new.target ?? Original,
    );
  };
  Object.defineProperties(Replaced, {
    prototype: { value: Original.prototype },
    name: { value: 'Date' },
    now: { value: now },
    parse: { value: Original.parse },
    UTC: { value: Original.UTC },
  });
  Object.defineProperty(Original.prototype, 'constructor', { value: Replaced });
  Object.defineProperty(globalThis, 'Date', { value: Replaced });
}

function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    // A function's text is not what the student wrote.
    if (typeof value === 'function') return value.name ? `[function ${value.name}]` : '[function]';
    return typeof value === 'object' && value !== null
      ? (JSON.stringify(value) ?? String(value))
      : String(value);
  } catch {
    return '(a value that cannot be printed)';
  }
}

/** Makes the current realm one for student code. `roots` are objects of the lab that it will hold. */
export function lockdown(substitutes: Substitutes, roots: readonly unknown[]): void {
  const global: object = globalThis;
  const unreachable = hidden();
  substituteDate(substitutes.now);
  Math.random = substitutes.random;
  watchLooks(substitutes.looked);
  const print = (...values: unknown[]): void => substitutes.print(values.map(plainText).join(' '));
  const quiet = {
    log: print,
    info: print,
    warn: print,
    error: print,
    debug: print,
    trace: print,
    dir: print,
    table: print,
  };
  Object.defineProperty(global, 'console', { value: quiet });

  // From a view to the whole segment: no way. Arrays of free runs are bare views of it.
  const typedArray = Object.getPrototypeOf(Int8Array.prototype);
  for (const name of ['buffer', 'subarray']) delete typedArray[name];
  // What the last match was would survive the run.
  for (const name of Object.getOwnPropertyNames(RegExp)) {
    if (name !== 'prototype' && name !== 'name' && name !== 'length')
      delete (RegExp as unknown as Record<string, unknown>)[name];
  }
  Error.stackTraceLimit = 30;

  for (const name of Object.getOwnPropertyNames(global)) {
    if (!allowed.has(name) && Object.getOwnPropertyDescriptor(global, name)?.configurable) {
      delete (global as Record<string, unknown>)[name];
    }
  }
  for (const [name, why] of Object.entries(absent)) forbid(global, name, why);

  assignable(Object.prototype, ['toString', 'valueOf', 'toLocaleString', 'hasOwnProperty', 'constructor']);
  assignable(Function.prototype, ['toString', 'constructor']);
  for (const e of [
    Error,
    AggregateError,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  ]) {
    assignable(e.prototype, ['name', 'message', 'toString', 'constructor']);
  }
  const values = Object.getOwnPropertyNames(global)
    .filter((name) => allowed.has(name))
    .map((name) => (global as Record<string, unknown>)[name]);
  harden([...values, ...unreachable, ...roots, Absent]);
  fix(global);
}
