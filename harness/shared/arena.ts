// The objects of one run, placed one after the other in the order in which `share` creates them. Every process
// evaluates `share` for itself and comes to the same places; only the first one writes the initial values.
import type { Cast } from './cast.ts';
import { type ElementKind, elementNumber, save } from './element.ts';
import type { Kernel } from './kernel.ts';
import { HEAD, type Operation, type Words } from './operation.ts';
import type { Shared, Way } from './way.ts';

export interface Arena {
  /** All words that objects may take. */
  readonly words: Words;
  /** The same bytes, for 64-bit elements. */
  readonly doubles: Float64Array;
  /** First word not taken yet. */
  next: number;
  /** Objects so far, by number. */
  readonly objects: Shared[];
  /** Number of processes of the run: records keep a place for each. */
  readonly processes: number;
  /** Number of this process. */
  readonly me: number;
  /** Who plays what: the roles in order, and how many processes play each. Processes are numbered in that order. */
  readonly cast: Cast;
  /** Spurious wake-ups of each condition, at least. Default 0. */
  readonly spurious?: number;
  /** Whether this process writes initial values. */
  readonly first: boolean;
  readonly way: Way;
  readonly kernel: Kernel;
  /** Where asked for: which object each handle stands for, to find the names that `share` gives them. */
  readonly handles: Map<object, Shared> | undefined;
}

let current: Arena | undefined;
let way: Way | undefined;

/** Begins or ends the time in which objects may be created. */
export function openArena(arena: Arena | undefined): void {
  current = arena;
  if (arena !== undefined) way = arena.way;
}

/** From now on it is the process of this way that moves: in a model, where there are several. */
export function actFor(mover: Way): void {
  way = mover;
}

/** How this process waits in the current run. Throws where there is none: at the top level of a solution. */
export function currentWay(): Way {
  if (way === undefined) throw new OutsideShare('nothing runs yet: call this inside a role.');
  return way;
}

/** A solution created an object where it must not. */
export class OutsideShare extends Error {
  override readonly name = 'OutsideShare';
}

/** A solution used an object before the roles began. */
export class OutsideRole extends Error {
  override readonly name = 'OutsideRole';
  constructor() {
    super(
      'a step outside the roles: share creates objects and gives them their initial values, it does not use them. Move this into a role.',
    );
  }
}

/** The arena of the run. Throws where no objects may be created: outside `share`. */
export function arena(): Arena {
  if (current === undefined) {
    throw new OutsideShare(
      'shared objects can only be created inside share: an object made elsewhere would be private to one process. Move it into share and take it from there.',
    );
  }
  return current;
}

/** Places an object of `words` words after the head, its record zeroed and word 0 set to `initial`. */
export function place(kind: string, words: number, initial: number, length = 1, onDeath?: Operation): Shared {
  const a = arena();
  const at = a.next;
  const size = HEAD + words + (words & 1); // 8-byte steps, so that doubles are aligned
  if (at + size > a.words.length) {
    throw new RangeError(
      `share needs more than the ${a.words.length * 4} bytes that a run may share (at ${kind} number ${a.objects.length}). Use smaller arrays.`,
    );
  }
  a.next = at + size;
  if (a.first) {
    a.words.fill(0, at, at + size);
    a.words[at] = initial;
  }
  const element = elementNumber(kind);
  const object: Shared = { id: a.objects.length, kind, element, at, length, ...(onDeath && { onDeath }) };
  a.objects.push(object);
  return object;
}

/** Words of a page of memory, on every machine that the lab runs on but those with larger ones, where it is several. */
const PAGE = 16_384;

/**
 * Places an `int32Array` of `length` elements, all 0, in pages of their own that are memory of this kind of the system's; in a
 * model they are memory as any other.
 */
export function placePages(kind: string, length: number): Shared {
  const a = arena();
  a.next += PAGE - 1 - ((a.next + HEAD - 1) % PAGE); // so that the elements begin at a page
  const words = Math.ceil(length / PAGE) * PAGE;
  const object = place('int32Array', words, 0, length);
  a.kernel.map(kind, object.at + HEAD, words);
  return object;
}

/** Sets an initial value of an element, if this process is the one that does. */
export function store(kind: ElementKind, object: Shared, index: number, value: number): void {
  const a = arena();
  if (a.first) save(a.words, a.doubles, kind, object.at, index, value);
}

/** Notes that `handle` stands for `object`, and returns it. */
export function made<T extends object>(handle: T, object: Shared): T {
  current?.handles?.set(handle, object);
  return handle;
}
