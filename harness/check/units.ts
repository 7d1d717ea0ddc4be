// The units that semaphores hold, oldest first. Those they were created with are only counted; each of the others
// has the clock of the post that made it. So it is with the messages of a mailbox, and with the room in it.
import { assign, join } from './vector-clock.ts';

const NONE = -1;

export class Units {
  #processes = 0;
  /** Clocks of units, `#processes` words each. */
  #clocks = new Int32Array(0);
  /** The unit that was posted next to the same semaphore, or the next free place. */
  #next = new Int32Array(0);
  /** The process that posted the unit. */
  #by = new Int32Array(0);
  #free = NONE;
  /** Places in use so far in this run. */
  #used = 0;
  /** By object: its oldest unit that was posted, its youngest, and those it had from the beginning. */
  #oldest = new Int32Array(0);
  #youngest = new Int32Array(0);
  #given = new Float64Array(0);

  /** A new run begins. */
  begin(processes: number, objects: number): void {
    this.#processes = processes;
    this.#free = NONE;
    this.#used = 0;
    if (this.#oldest.length >= objects) return;
    this.#oldest = new Int32Array(objects);
    this.#youngest = new Int32Array(objects);
    this.#given = new Float64Array(objects);
  }

  /** The first step on a semaphore in this run, which holds `count` units. */
  fresh(object: number, count: number): void {
    this.#oldest[object] = NONE;
    this.#given[object] = count;
  }

  /** A post: a unit with the clock at `at`. */
  put(object: number, clocks: Int32Array, at: number, by = 0): void {
    let unit = this.#free;
    if (unit !== NONE) this.#free = this.#next[unit];
    else unit = this.#used++;
    if (unit >= this.#next.length || (unit + 1) * this.#processes > this.#clocks.length) this.#grow();
    assign(this.#clocks, unit * this.#processes, clocks, at, this.#processes);
    this.#next[unit] = NONE;
    this.#by[unit] = by;
    if (this.#oldest[object] === NONE) this.#oldest[object] = unit;
    else this.#next[this.#youngest[object]] = unit;
    this.#youngest[object] = unit;
  }

  /** A wait: the clock at `at` learns what the oldest unit knows. */
  take(object: number, clocks: Int32Array, at: number): void {
    if (this.#given[object] > 0) {
      this.#given[object]--;
      return;
    }
    this.takeFrom(object, clocks, at, NONE);
  }

  /** The same, of the units that process `by` has posted; of all where that is below 0. None was there at the beginning. */
  takeFrom(object: number, clocks: Int32Array, at: number, by: number): void {
    let before = NONE;
    let unit = this.#oldest[object];
    while (unit !== NONE && by >= 0 && this.#by[unit] !== by) {
      before = unit;
      unit = this.#next[unit];
    }
    if (unit === NONE) return;
    join(clocks, at, this.#clocks, unit * this.#processes, this.#processes);
    if (before === NONE) this.#oldest[object] = this.#next[unit];
    else this.#next[before] = this.#next[unit];
    if (this.#youngest[object] === unit) this.#youngest[object] = before;
    this.#next[unit] = this.#free;
    this.#free = unit;
  }

  #grow(): void {
    const places = Math.max(64, this.#used * 2);
    const clocks = new Int32Array(places * this.#processes);
    take(clocks, this.#clocks);
    this.#clocks = clocks;
    const next = new Int32Array(places);
    take(next, this.#next);
    this.#next = next;
    const by = new Int32Array(places);
    take(by, this.#by);
    this.#by = by;
  }
}

/** Copies as much as there is room for. (This runs in the realm of student code too, where arrays have no views.) */
function take(into: Int32Array, from: Int32Array): void {
  for (let i = 0; i < into.length && i < from.length; i++) into[i] = from[i];
}
