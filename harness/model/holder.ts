// What a role holds at the moments at which that is known: between two statements of its own, where its variables are
// the whole of it. What it does from there on is a function of the place in its text, of these variables and of what
// its `me` remembers, since nothing else can differ: what `share` gave it and its `me` are fixed while moments are
// taken (whoever changes them is not modelled), and so is all that stands at the top level of the solution.
//
// A variable that holds anything but a value of the language's own or one of these fixed things makes a moment say
// nothing; then the role is known by what it was told since the last one that does. See run-state.ts.
import type { Actor } from '../process/actor.ts';
import { Fingerprint } from './fingerprint.ts';
import type { ModelWay } from './model-way.ts';
import { Walk } from './twin/walk.ts';

/** What comes before a value, so that none is taken for one of another kind. */
const Tag = {
  NUMBER: 1,
  TRUE: 2,
  FALSE: 3,
  UNDEFINED: 4,
  NULL: 5,
  TEXT: 6,
  FIXED: 7,
  WALK: 8,
  END: 9,
} as const;

/** Things that cannot be changed, by number. */
export type Fixed = Map<unknown, number>;

export class Holder {
  readonly #actor: Actor;
  readonly #way: ModelWay;
  /** What `share` gave, and its `me`. */
  #shared: Fixed = new Map();
  #mine: Fixed = new Map();
  #isOpen = false;
  readonly #print = new Fingerprint();
  /** Moments that lie behind steps which nobody has taken yet: three words each. */
  readonly #coming: number[] = [];
  #next = 0;
  /** How many steps the role had announced at the last of them. */
  #noted = 0;
  /** The fingerprint of the moment that `after` has come to. */
  a = 0;
  b = 0;

  constructor(actor: Actor, way: ModelWay) {
    this.#actor = actor;
    this.#way = way;
  }

  /** A run begins, and nothing is known. */
  begin(): void {
    this.#isOpen = false;
    this.#coming.length = 0;
    this.#next = 0;
    this.#noted = 0;
  }

  /** The role begins with what `share` gave, and with `me`, which is fixed now. */
  begins(shared: Fixed, me: unknown): void {
    this.#shared = shared;
    this.#mine = new Map();
    this.#isOpen = this.#actor.memory() !== undefined && fix(me, this.#mine);
  }

  /** The parameters of the role that it never changes. They are the same in every run, if they are what they should be. */
  given(values: readonly unknown[]): void {
    const print = this.#print;
    for (const value of values) if (!this.#take(print, value)) this.#isOpen = false;
  }

  /** The role has come to the place with this number, and its variables are these. */
  moment(place: number, ...values: readonly unknown[]): void {
    // Of the moments between two steps the first one says it all: what it comes to until then follows from it.
    if (!this.#isOpen || this.#way.announced === this.#noted) return;
    const print = this.#print;
    print.clear();
    print.word(place);
    for (const value of values) if (!this.#take(print, value)) return;
    const memory = this.#actor.memory();
    if (memory === undefined) return;
    for (const value of memory) if (!this.#take(print, value)) return;
    this.#note();
  }

  /** The role has ended: whatever it was told, it does nothing more. */
  ended(): void {
    this.#print.clear();
    this.#print.word(Tag.END);
    this.#note();
  }

  /** Whether a moment lies just behind the first `taken` steps of the process. */
  after(taken: number): boolean {
    const coming = this.#coming;
    let found = false;
    for (; this.#next < coming.length && coming[this.#next] <= taken; this.#next += 3) {
      found = coming[this.#next] === taken;
      this.a = coming[this.#next + 1];
      this.b = coming[this.#next + 2];
    }
    return found;
  }

  #note(): void {
    this.#noted = this.#way.announced;
    this.#coming.push(this.#noted, this.#print.a, this.#print.b);
  }

  #take(print: Fingerprint, value: unknown): boolean {
    switch (typeof value) {
      case 'number':
        print.word(Tag.NUMBER);
        print.number(value);
        return true;
      case 'boolean':
        print.word(value ? Tag.TRUE : Tag.FALSE);
        return true;
      case 'undefined':
        print.word(Tag.UNDEFINED);
        return true;
      case 'string':
        print.word(Tag.TEXT);
        print.word(value.length);
        for (let i = 0; i < value.length; i++) print.word(value.charCodeAt(i));
        return true;
      case 'object':
      case 'function':
        return value === null ? this.#word(print, Tag.NULL) : this.#takeObject(print, value);
      default:
        return false;
    }
  }

  #takeObject(print: Fingerprint, value: object): boolean {
    const shared = this.#shared.get(value);
    if (shared !== undefined) return this.#word(print, Tag.FIXED, shared);
    const mine = this.#mine.get(value);
    if (mine !== undefined) return this.#word(print, Tag.FIXED, -1 - mine);
    if (!(value instanceof Walk)) return false;
    // Where it has come to is in the walk, or remembered by `me`; what it has come to has a name of its own.
    this.#word(print, Tag.WALK, value.place);
    print.word(value.open ? Tag.TRUE : Tag.FALSE);
    return this.#takeObject(print, value.over);
  }

  #word(print: Fingerprint, tag: number, word = 0): true {
    print.word(tag);
    print.word(word);
    return true;
  }
}

/**
 * Freezes `value` and all that can be reached from it, and adds it to `fixed`, with what is there already left as it is.
 * Says whether nothing in it can change any more, save what the functions in it remember.
 */
export function fix(value: unknown, fixed: Fixed): boolean {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return true;
  if (fixed.has(value)) return true;
  const parent = Object.getPrototypeOf(value);
  const isList = Array.isArray(value) && parent === Array.prototype;
  if (typeof value !== 'function' && parent !== Object.prototype && !isList) return false;
  fixed.set(value, fixed.size);
  for (const key of Reflect.ownKeys(value)) {
    const d = Object.getOwnPropertyDescriptor(value, key);
    if (d === undefined || !('value' in d) || !fix(d.value, fixed)) return false;
  }
  Object.freeze(value);
  return true;
}
