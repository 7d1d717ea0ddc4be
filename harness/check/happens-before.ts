// Which step of a run comes before which, whatever the schedule: one vector clock a process (Mattern, "Virtual time
// and global states of distributed systems", 1989), moved on by what the steps on primitives tell each other.
//
// An object carries an edge where one process can learn through it what another one did. So a step that changes
// nothing tells nothing (a second `set` of an event, a signal that nobody waits for), and one that fails learns
// nothing: POSIX leaves it open whether a call that returns an error synchronises memory (2017, XBD 4.12), so no program
// may count on it.
//
// A counting semaphore hands on units, and a unit carries the clock of the post that made it. With several at hand
// the wait gets the oldest one; those it was created with come first, and carry nothing. So the i-th wait comes
// after the (i - n)-th post, as the Go memory model has it for channels that are used as semaphores. Rivals and
// reasons: docs/decisions/races.md. Messages are such units, and so is the room for them.
import type { ObjectNames } from '../process/object-names.ts';
import { Bit, Field } from '../process/trace-record.ts';
import { Act, acts } from './orders.ts';
import { Units } from './units.ts';
import { assign, join } from './vector-clock.ts';

const NOWHERE = -1;

export class HappensBefore {
  /** Processes, which is the length of a clock too. */
  processes = 0;
  /** The clock of each process, one after the other. */
  clocks = new Int32Array(0);
  /** What each process was told, while it waited, by whoever let it go on. */
  #told = new Int32Array(0);
  /** The object at which each process waits and was not told to go on; NOWHERE if none. */
  #waitsAt = new Int32Array(0);
  /** When it came there. */
  #tickets = new Int32Array(0);
  #ticket = 0;
  /** Two clocks an object: what one learns by it, and a second one, of readers. */
  #objects = new Int32Array(0);
  /** Run in which an object's clocks were begun: they are cleared when they are first needed. */
  #begun = new Int32Array(0);
  #run = 0;
  readonly #units = new Units();
  /** Of objects that hold messages: how many. */
  #capacities = new Int32Array(0);
  /** Whether a message says who has sent it. */
  #signed = new Uint8Array(0);
  #names: ObjectNames = [];

  /** A new run begins. */
  begin(processes: number, objects: ObjectNames): void {
    const count = objects.length;
    if (processes !== this.processes || this.#begun.length < count) {
      this.processes = processes;
      this.clocks = new Int32Array(processes * processes);
      this.#told = new Int32Array(processes * processes);
      this.#waitsAt = new Int32Array(processes);
      this.#tickets = new Int32Array(processes);
      this.#objects = new Int32Array(2 * processes * count);
      this.#begun = new Int32Array(count);
      this.#run = 0;
    }
    if (objects !== this.#names) {
      this.#names = objects;
      this.#capacities = Int32Array.from(objects, ({ length }) => length);
      this.#signed = Uint8Array.from(objects, ({ kind }) => (kind === 'direct' ? 1 : 0));
    }
    this.#run++;
    this.#ticket = 0;
    this.#waitsAt.fill(NOWHERE);
    this.clocks.fill(0);
    for (let p = 0; p < processes; p++) this.clocks[p * processes + p] = 1;
    this.#units.begin(processes, 2 * count);
  }

  /** Takes in the step whose record begins at word `at`. Its operation must be one that orders. */
  step(trace: Int32Array, doubles: Float64Array, at: number): void {
    const act = acts[trace[at + Field.OPERATION]];
    const object = trace[at + Field.OBJECT];
    if (object >= this.#begun.length) return;
    const n = this.processes;
    const p = trace[at + Field.PROCESS] % n; // who kills p has a number behind all processes
    const { clocks } = this;
    const of = this.#objects;
    const mine = p * n;
    const its = object * 2 * n;
    if (this.#begun[object] !== this.#run) {
      this.#begun[object] = this.#run;
      of.fill(0, its, its + 2 * n);
      this.#units.fresh(object, doubles[(at + Field.BEFORE) >> 1]);
      this.#units.fresh(this.#roomOf(object), this.#capacities[object]);
    }
    if (act >= Act.IF && trace[at + Field.RESULT] !== 1) return;
    switch (act & ~Act.IF) {
      case Act.ACQUIRE:
        join(clocks, mine, of, its, n);
        return;
      case Act.RELEASE:
        assign(of, its, clocks, mine, n);
        break;
      case Act.BOTH:
        join(clocks, mine, of, its, n);
        assign(of, its, clocks, mine, n);
        break;
      case Act.CALL:
        if (trace[at + Field.RESULT] < 0) return;
        join(clocks, mine, of, its, n);
        assign(of, its, clocks, mine, n);
        break;
      case Act.COMPARE:
        join(clocks, mine, of, its, n);
        if (trace[at + Field.RESULT] !== 1) return;
        assign(of, its, clocks, mine, n);
        break;
      case Act.ADD:
        join(of, its, clocks, mine, n);
        break;
      case Act.SWITCH:
        if (doubles[(at + Field.BEFORE) >> 1] === doubles[(at + Field.AFTER) >> 1]) return;
        assign(of, its, clocks, mine, n);
        break;
      case Act.PASS:
        join(clocks, mine, of, its, n);
        if (doubles[(at + Field.BEFORE) >> 1] === doubles[(at + Field.AFTER) >> 1]) return;
        assign(of, its, clocks, mine, n);
        break;
      case Act.LOCK_WRITE:
        join(clocks, mine, of, its, n);
        join(clocks, mine, of, its + n, n);
        return;
      case Act.UNLOCK_EITHER:
        if (doubles[(at + Field.BEFORE) >> 1] < 0) assign(of, its, clocks, mine, n);
        else join(of, its + n, clocks, mine, n);
        break;
      case Act.TAKE_OR_WAIT:
        if (trace[at + Field.RESULT] !== 1) {
          this.#wait(p, object);
          return;
        }
        this.#units.take(object, clocks, mine);
        join(of, its, clocks, mine, n);
        break;
      case Act.TAKE:
        this.#units.take(object, clocks, mine);
        join(of, its, clocks, mine, n);
        break;
      case Act.PUT:
        this.#units.put(object, clocks, mine);
        join(of, its, clocks, mine, n);
        break;
      case Act.PUT_MANY:
        for (let i = trace[at + Field.RESULT]; i > 0; i--) this.#units.put(object, clocks, mine);
        join(of, its, clocks, mine, n);
        break;
      case Act.GIVE_NTH:
      case Act.GIVE_LONGEST: {
        const to = act === Act.GIVE_NTH ? this.#nth(object, trace[at + Field.SECOND]) : this.#longest(object);
        if (to < 0) this.#units.put(object, clocks, mine);
        else this.#tell(to, clocks, mine);
        join(of, its, clocks, mine, n);
        break;
      }
      case Act.WAIT:
        this.#wait(p, object);
        return;
      case Act.GO_ON:
        // Still waiting: it gave up, or woke for no reason.
        if (this.#waitsAt[p] === object) this.#waitsAt[p] = NOWHERE;
        else join(clocks, mine, this.#told, mine, n);
        return;
      case Act.TELL_NTH: {
        const to = this.#nth(object, trace[at + Field.SECOND]);
        if (to < 0) return;
        this.#tell(to, clocks, mine);
        break;
      }
      case Act.TELL_ALL:
        if (this.#tellAll(object, clocks, mine) === 0) return;
        break;
      case Act.ARRIVE:
        join(of, its, clocks, mine, n);
        if (trace[at + Field.RESULT] >= 0) {
          this.#wait(p, object);
          break;
        }
        this.#tellAll(object, of, its);
        join(clocks, mine, of, its, n);
        of.fill(0, its, its + n);
        break;
      case Act.SEND:
        if (trace[at + Field.RESULT] === 0) return; // it was not sent
        if (this.#capacities[object] === 0) {
          if (!this.#meet(p, object, trace[at + Field.RESULT] === 1)) return;
        } else {
          this.#units.take(this.#roomOf(object), clocks, mine);
          this.#units.put(object, clocks, mine, p);
        }
        break;
      case Act.RECEIVE:
        if (trace[at + Field.RESULT] === 0) {
          if ((trace[at + Field.BITS] & Bit.GAVE_UP) === 0) join(clocks, mine, of, its, n); // it is closed
          return;
        }
        if (this.#capacities[object] === 0) {
          if (!this.#meet(p, object, trace[at + Field.RESULT] === 1)) return;
        } else {
          const from = this.#signed[object] === 1 ? trace[at + Field.ARGUMENT] : NOWHERE;
          this.#units.takeFrom(object, clocks, mine, from);
          this.#units.put(this.#roomOf(object), clocks, mine);
        }
        break;
      case Act.CLOSE:
        assign(of, its, clocks, mine, n);
        this.#tellAll(object, clocks, mine);
        break;
    }
    // What the process does from now on is not known to who learned of it by this step.
    clocks[mine + p]++;
  }

  /** The room in what holds messages, as a semaphore of its own. */
  #roomOf(object: number): number {
    return this.#begun.length + object;
  }

  /** `p` meets who has waited longest at `object`, so that each learns what the other one knows; or it has to wait. */
  #meet(p: number, object: number, isThere: boolean): boolean {
    const q = isThere ? this.#longest(object) : NOWHERE;
    if (q < 0) {
      this.#wait(p, object);
      return false;
    }
    const n = this.processes;
    join(this.clocks, p * n, this.clocks, q * n, n);
    this.#tell(q, this.clocks, p * n);
    this.clocks[q * n + q]++; // only now, since q stood still while it waited
    return true;
  }

  #wait(p: number, object: number): void {
    this.#waitsAt[p] = object;
    this.#tickets[p] = ++this.#ticket;
  }

  #tell(to: number, from: Int32Array, at: number): void {
    assign(this.#told, to * this.processes, from, at, this.processes);
    this.#waitsAt[to] = NOWHERE;
  }

  #tellAll(object: number, from: Int32Array, at: number): number {
    let told = 0;
    for (let q = 0; q < this.processes; q++) {
      if (this.#waitsAt[q] !== object) continue;
      this.#tell(q, from, at);
      told++;
    }
    return told;
  }

  /** As `nthWaiting` in sync/waiters.ts. */
  #nth(object: number, choice: number): number {
    let seen = 0;
    for (let q = 0; q < this.processes; q++) {
      if (this.#waitsAt[q] === object && seen++ === choice) return q;
    }
    return -1;
  }

  /** As `longestWaiting` in sync/waiters.ts. */
  #longest(object: number): number {
    let found = -1;
    for (let q = 0; q < this.processes; q++) {
      if (this.#waitsAt[q] === object && (found < 0 || this.#tickets[q] < this.#tickets[found])) found = q;
    }
    return found;
  }
}
