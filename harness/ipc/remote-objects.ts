// The objects that a process knows by reference: its own, which others may hold, and those of others that it holds.
import type { ObjectOptions } from './remote.ts';
import { Holders } from './remote-holders.ts';
import { type AnyReference, type Calls, referenceBy } from './remote-reference.ts';
import type { Place } from './remote-value.ts';

/** An object of this process. */
export interface Own extends Place {
  readonly object: object;
  readonly reference: AnyReference;
  readonly holders: Holders;
  readonly unreferenced: (() => void) | undefined;
  /** Somebody has held it since it was last told that nobody does. */
  isHeld: boolean;
  isWithdrawn: boolean;
}

/** An object of another process, which this one holds or has held. */
export interface Held extends Place {
  readonly reference: AnyReference;
  /** How often this process was given it. */
  times: number;
  isReleased: boolean;
}

/** Objects of one process, at most: with its number, theirs is a number. */
const MOST = 2 ** 20;
const keyOf = ({ home, id }: Place): number => home * MOST + id;

export class RemoteObjects {
  readonly #me: number;
  readonly #calls: Calls;
  readonly #own: Own[] = [];
  readonly #held = new Map<number, Held>();
  readonly #byReference = new Map<object, Own | Held>();

  constructor(me: number, calls: Calls) {
    this.#me = me;
    this.#calls = calls;
  }

  /** Makes an object of this process one that can be referred to. */
  add(object: object, { unreferenced }: ObjectOptions): Own {
    if (this.#own.length === MOST) throw new RangeError(`a process can have ${MOST} remote objects.`);
    const own: Own = {
      ...{ home: this.#me, id: this.#own.length, object, reference: referenceBy(this.#calls) },
      ...{ holders: new Holders(), unreferenced, isHeld: false, isWithdrawn: false },
    };
    this.#own.push(own);
    this.#byReference.set(own.reference, own);
    return own;
  }

  /** The object of this process with this number; undefined where it was withdrawn. */
  own(id: number): Own | undefined {
    const own = this.#own[id];
    return own === undefined || own.isWithdrawn ? undefined : own;
  }

  /** What a reference refers to; undefined where it is none. */
  of(reference: unknown): Own | Held | undefined {
    return this.#byReference.get(reference as object);
  }

  /** A reference to what is at `place` has come. It is the one that this process has already, unless that was released. */
  receive(place: Place): Own | Held {
    if (place.home === this.#me) return this.#own[place.id];
    let held = this.#held.get(keyOf(place));
    if (held === undefined || held.isReleased) {
      held = {
        home: place.home,
        id: place.id,
        reference: referenceBy(this.#calls),
        times: 0,
        isReleased: false,
      };
      this.#held.set(keyOf(place), held);
      this.#byReference.set(held.reference, held);
    }
    held.times++;
    return held;
  }

  /** What this process has or holds at `place`, released or not. */
  at(place: Place): Own | Held | undefined {
    return place.home === this.#me ? this.#own[place.id] : this.#held.get(keyOf(place));
  }

  /** A process was given references to an object of this one, or has given them back where `times` is below 0. */
  count(own: Own, process: number, times: number): void {
    own.holders.add(process, times);
    if (times > 0) own.isHeld = true;
  }

  /** A process has ended. */
  leave(process: number): void {
    for (const own of this.#own) own.holders.leave(process);
  }

  /** The next object of this process that is to be told that nobody holds it any more. */
  unreferenced(): Own | undefined {
    return this.#own.find((own) => own.isHeld && !own.isWithdrawn && own.holders.size === 0);
  }
}
