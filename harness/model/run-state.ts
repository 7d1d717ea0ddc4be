// The state of a run between two steps, as a fingerprint. The lab owns all that processes share, and roles are
// deterministic: what a process is about to do follows from how many steps it has taken and what they told it. So
// the state of a run is
//
// - for each process, its steps so far and their results, or what it held at a moment (holder.ts) and its steps and
//   results since;
// - the words of the shared objects, and what store buffers hold;
// - the state of the specification (world-state.ts).
//
// Tickets of those who wait count by their order alone, and by nothing where nobody asks for the order: a signal wakes
// whom the schedule chooses.
import { announcedAt, standsAt } from '../process/announced.ts';
import type { Board } from '../process/board.ts';
import { RECORD_WORDS, Slot, slotOf } from '../process/control.ts';
import type { ObjectNames } from '../process/object-names.ts';
import { Field } from '../process/trace-record.ts';
import { HEAD } from '../shared/operation.ts';
import { deathOperations, operations, plainOperations } from '../sync/operations.ts';
import { kindsWithWaiters } from '../sync/waiters.ts';
import { Fingerprint, first, second } from './fingerprint.ts';
import type { Holder } from './holder.ts';
import type { WorldState } from './world-state.ts';

const { read, event, pause } = plainOperations;
const { killed } = deathOperations;

/** What stands for the death of a process: a result that no step has. */
const KILLED = 0x3b9f8a47;

export class RunState {
  readonly #board: Board;
  readonly #world: WorldState;
  readonly #processes: number;
  /** Processes with a store buffer: those behind the processes; 0 where there are none. */
  readonly #buffers: number;
  /** What each process was told: two words a process. */
  readonly #histories: Int32Array;
  /** How many of the steps that each has announced were taken: one may be several in the trace. */
  readonly #taken: Int32Array;
  /** Who knows what each process holds; none where nobody does. */
  readonly #holders: readonly Holder[];
  /** Whether the role of the process that moves now is told the result. */
  #heard = false;
  /** Two words an object. */
  #objects = new Int32Array(0);
  /** First word behind an object. */
  #ends = new Int32Array(0);
  #names: ObjectNames = [];
  #worldA = 0;
  #worldB = 0;
  readonly #print = new Fingerprint();
  /** The fingerprint that was made last. */
  a = 0;
  b = 0;

  constructor(
    board: Board,
    processes: number,
    world: WorldState,
    buffered: boolean,
    holders: readonly Holder[] = [],
  ) {
    this.#board = board;
    this.#world = world;
    this.#processes = processes;
    this.#buffers = buffered ? processes : 0;
    this.#histories = new Int32Array(2 * processes);
    this.#taken = new Int32Array(processes);
    this.#holders = holders;
  }

  /** A run begins. */
  begin(): void {
    this.#histories.fill(0);
    this.#taken.fill(0);
    this.#world.begin();
  }

  /** The objects of the case; `words` is how many they take together. */
  layOut(objects: ObjectNames, words: number): void {
    if (objects === this.#names) return;
    this.#names = objects;
    this.#objects = new Int32Array(2 * objects.length);
    this.#ends = Int32Array.from(objects, (_, i) => objects[i + 1]?.at ?? words);
  }

  /** Process `p` is about to take the step at which it stands. */
  goes(p: number): void {
    const { control } = this.#board;
    this.#heard = p < this.#processes && control[standsAt(control, slotOf(p)) + Slot.LISTENS] !== 0;
  }

  /** Takes in the step with number `step`; what it changed is read later, by `read`. */
  pass(step: number): void {
    const { trace } = this.#board;
    const at = step * RECORD_WORDS;
    this.#remember(at);
    if (trace[at + Field.OPERATION] === event.code) this.#happen(at);
    else if (trace[at + Field.OPERATION] === killed.code) {
      this.#world.kill(trace[at + Field.PROCESS] % this.#processes);
    }
  }

  /** Reads what is shared, after steps that were passed. */
  read(): void {
    for (let i = 0; i < this.#names.length; i++) this.#readObject(i);
    this.#readWorld();
  }

  /** Takes in the step with number `step`, and what it changed. */
  take(step: number): void {
    this.pass(step);
    const { trace } = this.#board;
    const at = step * RECORD_WORDS;
    const code = trace[at + Field.OPERATION];
    if (code === event.code || code === killed.code) this.#readWorld();
    else if (code !== pause.code && code !== read.code) this.#readObject(trace[at + Field.OBJECT]);
  }

  /** What the process that took the step knows now. */
  #remember(at: number): void {
    const { trace, traceDoubles } = this.#board;
    const histories = this.#histories;
    const code = trace[at + Field.OPERATION];
    // That it was killed is the last that is to be known of a process. A store buffer knows nothing.
    const process = trace[at + Field.PROCESS];
    const mine = 2 * (code === killed.code ? process % this.#processes : process);
    if (mine >= histories.length) return;
    const print = this.#print;
    print.a = histories[mine] + 1;
    print.b = histories[mine + 1] + 1;
    if (code === killed.code) print.word(KILLED);
    else if (code === read.code) print.number(traceDoubles[(at + Field.BEFORE) >> 1]);
    else if (this.#heard || operations[code].follow !== undefined) {
      print.word(trace[at + Field.RESULT]);
      if (operations[code].carries === 'in') {
        print.word(trace[at + Field.ARGUMENT]);
        print.word(trace[at + Field.MORE]);
        print.word(trace[at + Field.LAST]);
      }
    } else print.word(0);
    const holder = this.#holders[mine >> 1];
    const isWhole = operations[code].follow?.(trace[at + Field.RESULT]) === undefined;
    const knows = holder !== undefined && isWhole && holder.after(++this.#taken[mine >> 1]);
    histories[mine] = knows ? holder.a : print.a;
    histories[mine + 1] = knows ? holder.b : print.b;
  }

  #happen(at: number): void {
    const { trace } = this.#board;
    this.#world.take(trace[at + Field.PROCESS], trace[at + Field.OBJECT], trace[at + Field.ARGUMENT]);
  }

  #readWorld(): void {
    const { a, b } = this.#world.print();
    this.#worldA = a;
    this.#worldB = b;
  }

  #readObject(o: number): void {
    const { data } = this.#board;
    const { kind, at } = this.#names[o];
    const end = this.#ends[o];
    const print = this.#print;
    print.clear();
    print.word(data[at]);
    if (kindsWithWaiters.has(kind) && end > at + HEAD)
      this.#readWaiters(at + HEAD, end, kind !== 'condition');
    else for (let i = at + HEAD; i < end; i++) print.word(data[i]);
    this.#objects[2 * o] = print.a;
    this.#objects[2 * o + 1] = print.b;
  }

  /**
   * See sync/waiters.ts: places, tickets, a word for each process, and what else there is.
   * @param queue whether it matters who has waited longest
   */
  #readWaiters(at: number, end: number, queue: boolean): void {
    const { data } = this.#board;
    const print = this.#print;
    const from = at + 2;
    const to = from + data[at];
    for (let i = from; i < to; i++) {
      const ticket = data[i];
      if (ticket <= 0) {
        print.word(ticket);
        continue;
      }
      let rank = 1;
      for (let j = from; queue && j < to; j++) if (data[j] > 0 && data[j] < ticket) rank++;
      print.word(rank);
    }
    for (let i = to; i < end; i++) print.word(data[i]);
  }

  /** The writes that wait in a store buffer. */
  #readBuffer(p: number): void {
    const { control, doubles } = this.#board;
    const print = this.#print;
    print.clear();
    const slot = slotOf(p);
    for (let n = 0; n < control[slot + Slot.ANNOUNCED]; n++) {
      const step = announcedAt(control, slot, n);
      print.word(control[step + Slot.OBJECT]);
      print.word(control[step + Slot.INDEX]);
      print.number(doubles[(step + Slot.VALUE) >> 1]);
    }
  }

  /** Makes the fingerprint of all, with `more` in it. */
  print(more = 0): void {
    const histories = this.#histories;
    const objects = this.#objects;
    let a = first(this.#worldA, more);
    let b = second(this.#worldB, more);
    for (let p = this.#processes; p < this.#processes + this.#buffers; p++) {
      this.#readBuffer(p);
      a = first(a, this.#print.a);
      b = second(b, this.#print.b);
    }
    for (let i = 0; i < histories.length; i += 2) {
      a = first(a, histories[i]);
      b = second(b, histories[i + 1]);
    }
    for (let i = 0; i < objects.length; i += 2) {
      a = first(a, objects[i]);
      b = second(b, objects[i + 1]);
    }
    this.a = a;
    this.b = b;
  }
}
