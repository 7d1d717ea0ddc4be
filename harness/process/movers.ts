// Who can move in a controlled run: where each process stands, and what it waits for there. That is asked at every step,
// so it is kept in the simplest form there is: a word of the shared objects, and the range in which it must be.
//
// The tables belong to the module, not to a driver, since the engine knows where those lie when it compiles: one run is
// driven at a time, and a driver that comes back after another one looks at everything again.
import { deathOperations, operations, plainOperations } from '../sync/operations.ts';
import { standsAt } from './announced.ts';
import type { Board } from './board.ts';
import { MAX_MODELLED, Slot, Status, slotOf } from './control.ts';
import { isAsked, readyFrom, readyTo } from './rows.ts';
import { fences, MOST_BUFFERED } from './store-buffer.ts';

const { write } = plainOperations;
const { killed } = deathOperations;

/** What a process waits for. */
const Waits = {
  /** That its word is in its range. */
  WORD: 0,
  /** What its operation's table says. */
  TABLE: 1,
  /** That its store buffer has come to memory. */
  BUFFER: 2,
  /** For nothing: it is nobody who waits, but who may kill a process. */
  KILL: 3,
  /** For nothing any more. */
  ENDED: 4,
} as const;

const waits = new Uint8Array(MAX_MODELLED);
/** For each process a word of the shared objects: it can move while that is from one to the other. */
const word = new Int32Array(MAX_MODELLED);
const from = new Int32Array(MAX_MODELLED);
const to = new Int32Array(MAX_MODELLED);
/** Where the step lies at which each process stands, and its operation. */
const steps = new Int32Array(MAX_MODELLED);
const codes = new Int32Array(MAX_MODELLED);
/** Processes that wait for what a table says. */
let asking = 0;
/** Whose tables these are now. */
let owner: Movers | undefined;

/** Those who can move, in ascending order. */
const enabled = new Int32Array(MAX_MODELLED);

export class Movers {
  readonly #control: Int32Array;
  readonly #data: Int32Array;
  /** Steps of the run for which the tables are right, save for the process that took the last of them. */
  #known = -1;
  #processes = 0;
  #buffered = false;
  /** The first of those who kill. */
  #killers = MAX_MODELLED;
  /** All that can move. */
  #all = 0;
  /** Those who can move now, in ascending order: the first so many as `count` has said. */
  readonly enabled = enabled;
  /** 1 if the process that moved last is among them. */
  currentCan = 0;

  constructor({ control, data }: Board) {
    this.#control = control;
    this.#data = data;
  }

  /** A new run begins; `killers` is the number of the first of those who kill. */
  begin(processes: number, buffered: boolean, killers: number): void {
    this.#processes = processes;
    this.#buffered = buffered;
    this.#killers = killers;
    this.#all = buffered ? 2 * processes : processes;
    if (killers < MAX_MODELLED) this.#all = killers + processes;
    this.forget();
  }

  /** What was seen need not be true any more. */
  forget(): void {
    this.#known = -1;
  }

  /**
   * Sees where the processes stand after `step` steps, the last of which `current` took. As long as nobody else has
   * driven in between, all others stand where they stood.
   */
  see(step: number, current: number): void {
    if (step !== this.#known || owner !== this) this.#lookAtAll();
    else {
      // A process and its store buffer, and who kills it, depend on each other.
      if (current >= this.#killers) this.#look(current - this.#killers);
      else if (this.#buffered) {
        this.#look(current < this.#processes ? current + this.#processes : current - this.#processes);
      }
      this.#look(current);
    }
    this.#known = step + 1;
  }

  /** How many can move now, who kill apart; `current` moved last. */
  count(current: number): number {
    if (asking > 0) return this.#countAsking(current);
    const data = this.#data;
    const all = this.#all;
    let count = 0;
    let currentCan = 0;
    for (let p = 0; p < all; p++) {
      const value = data[word[p]];
      const can = Number(value >= from[p]) & Number(value <= to[p]); // no branch: nobody could foretell it
      enabled[count] = p;
      count += can;
      currentCan |= can & Number(p === current);
    }
    this.currentCan = currentCan;
    return count;
  }

  #countAsking(current: number): number {
    let count = 0;
    this.currentCan = 0;
    for (let p = 0; p < this.#all; p++) {
      const value = this.#data[word[p]];
      const can = waits[p] === Waits.TABLE ? this.#ready(p) : value >= from[p] && value <= to[p];
      if (!can) continue;
      enabled[count++] = p;
      if (p === current) this.currentCan = 1;
    }
    return count;
  }

  /** Where the step lies at which `p` stands; its operation. */
  stepOf(p: number): number {
    return steps[p];
  }
  codeOf(p: number): number {
    return codes[p];
  }

  /** 1 if mover `p` is about to kill. */
  kills(p: number): number {
    return Number(waits[p] === Waits.KILL);
  }

  /** Whether anybody has not come to its end, who kill apart. */
  anyStands(): boolean {
    for (let p = 0; p < this.#all; p++) {
      if (waits[p] !== Waits.ENDED && waits[p] !== Waits.KILL) return true;
    }
    return false;
  }

  #lookAtAll(): void {
    owner = this;
    asking = 0;
    for (let p = 0; p < this.#all; p++) {
      waits[p] = Waits.ENDED;
      this.#look(p);
    }
  }

  #look(p: number): void {
    const control = this.#control;
    const slot = slotOf(p);
    if (control[slot + Slot.STATUS] !== Status.STANDING) {
      this.#waitFor(p, Waits.ENDED);
      return;
    }
    const step = standsAt(control, slot);
    const code = control[step + Slot.OPERATION];
    steps[p] = step;
    codes[p] = code;
    // What follows from a death is announced once it can be taken.
    const row = p < this.#killers ? code : killed.code;
    if (code === killed.code) this.#waitFor(p, Waits.KILL);
    else if (this.#buffered && p < this.#processes && this.#isHeldBack(p, code)) {
      this.#waitFor(p, Waits.BUFFER);
    } else if (isAsked[row] === 1) this.#waitFor(p, Waits.TABLE);
    else {
      if (waits[p] !== Waits.WORD) this.#waitFor(p, Waits.WORD);
      word[p] = control[step + Slot.AT];
      from[p] = readyFrom[row];
      to[p] = readyTo[row];
    }
  }

  /** Notes what `p` waits for; no word lets it go on. */
  #waitFor(p: number, what: number): void {
    asking += Number(what === Waits.TABLE) - Number(waits[p] === Waits.TABLE);
    waits[p] = what;
    word[p] = 0;
    from[p] = 1;
    to[p] = 0;
  }

  /** Whether process `p` must wait for its store buffer before it takes a step of this kind. */
  #isHeldBack(p: number, code: number): boolean {
    const held = this.#control[slotOf(p + this.#processes) + Slot.ANNOUNCED];
    return code === write.code ? held === MOST_BUFFERED : fences[code] === 1 && held > 0;
  }

  /** Whether the step at which process `p` stands may be taken now, as its operation's table says. */
  #ready(p: number): boolean {
    const control = this.#control;
    const step = standsAt(control, slotOf(p));
    const { ready } = operations[control[step + Slot.OPERATION]];
    return ready(this.#data, control[step + Slot.AT], p, control[step + Slot.ARGUMENT]);
  }
}
