// Data races in a controlled run: two processes access the same cell or element, one of them writes, and nothing
// that they did orders the two accesses. Found by FastTrack (Flanagan and Freund, "FastTrack: efficient and precise
// dynamic race detection", PLDI 2009) over the lab's own trace: nearly always it is enough to remember the epoch of
// the last write and of the last read, a process and its own time there; a whole clock of reads is kept only while
// several processes read unordered. Nothing is allocated from run to run.
import { RECORD_WORDS } from '../process/control.ts';
import type { ObjectNames } from '../process/object-names.ts';
import { Field } from '../process/trace-record.ts';
import { plainOperations } from '../sync/operations.ts';
import { HappensBefore } from './happens-before.ts';
import { OneLock } from './one-lock.ts';
import { Act, acts } from './orders.ts';
import { Ending, type RunView } from './run-view.ts';

/** Two accesses that nothing orders. */
export interface Race {
  /** Number of the step that came first in this run, from 0. */
  readonly first: number;
  /** That of the other one, at which the race is known. */
  readonly second: number;
  readonly object: number;
  /** Of the element; 0 in a cell. */
  readonly index: number;
}

const read = plainOperations.read.code;
const write = plainOperations.write.code;

const NOBODY = -1;
/** Reads by several processes that nothing orders: they have a clock. */
const SEVERAL = -2;

/** Words kept of an element. */
const Kept = {
  RUN: 0,
  WRITER: 1,
  WRITTEN: 2,
  WRITE_STEP: 3,
  READER: 4,
  READ: 5,
  READ_STEP: 6,
  CLOCK: 7,
} as const;
const KEPT = 8;

export class RaceDetector {
  readonly #order = new HappensBefore();
  #objects: ObjectNames = [];
  /** Where the elements of an object begin, counted over all objects. */
  #from = new Int32Array(0);
  #elements = new Int32Array(0);
  #run = 0;
  /** Clocks of reads, and the steps that go with them, for elements read by several. */
  #reads = new Int32Array(0);
  #readSteps = new Int32Array(0);
  #clocks = 0;
  /** First step of the race that `advance` found. */
  first = -1;

  /** A new run begins. */
  begin(processes: number, objects: ObjectNames): void {
    if (objects !== this.#objects) this.#layOut(objects);
    this.#run++;
    this.#clocks = 0;
    this.#order.begin(processes, objects);
  }

  #layOut(objects: ObjectNames): void {
    this.#objects = objects;
    this.#from = new Int32Array(objects.length);
    let elements = 0;
    for (const [id, { length }] of objects.entries()) {
      this.#from[id] = elements;
      elements += length;
    }
    this.#elements = new Int32Array(elements * KEPT);
    this.#run = 0;
  }

  /**
   * Takes in the steps from number `from` to before number `to`, which must follow those taken in so far.
   * @returns the first of them that races with an earlier one, the step `first`; -1 if none does
   */
  advance(trace: Int32Array, doubles: Float64Array, from: number, to: number): number {
    const order = this.#order;
    const elements = this.#elements;
    const places = this.#from;
    const run = this.#run;
    const { clocks, processes } = order;
    for (let i = from, at = from * RECORD_WORDS; i < to; i++, at += RECORD_WORDS) {
      const operation = trace[at + Field.OPERATION];
      if (operation !== read && operation !== write) {
        if (acts[operation] !== Act.NOTHING) order.step(trace, doubles, at);
        continue;
      }
      const e = (places[trace[at + Field.OBJECT]] + trace[at + Field.INDEX]) * KEPT;
      const p = trace[at + Field.PROCESS];
      const mine = p * processes;
      const now = clocks[mine + p];
      if (elements[e + Kept.RUN] !== run) {
        elements[e + Kept.RUN] = run;
        elements[e + Kept.WRITER] = NOBODY;
        elements[e + Kept.READER] = NOBODY;
      }
      const writer = elements[e + Kept.WRITER];
      if (writer !== NOBODY && elements[e + Kept.WRITTEN] > clocks[mine + writer]) {
        this.first = elements[e + Kept.WRITE_STEP];
        return i;
      }
      const reader = elements[e + Kept.READER];
      if (operation === read) {
        if (reader === SEVERAL) this.#noteRead(elements[e + Kept.CLOCK], p, now, i);
        else if (reader === p || reader === NOBODY || elements[e + Kept.READ] <= clocks[mine + reader]) {
          elements[e + Kept.READER] = p;
          elements[e + Kept.READ] = now;
          elements[e + Kept.READ_STEP] = i;
        } else {
          const clock = this.#newClock();
          this.#noteRead(clock, reader, elements[e + Kept.READ], elements[e + Kept.READ_STEP]);
          this.#noteRead(clock, p, now, i);
          elements[e + Kept.READER] = SEVERAL;
          elements[e + Kept.CLOCK] = clock;
        }
        continue;
      }
      if (reader === SEVERAL) {
        if (this.#racesWithReads(elements[e + Kept.CLOCK], clocks, mine)) return i;
      } else if (reader !== NOBODY && elements[e + Kept.READ] > clocks[mine + reader]) {
        this.first = elements[e + Kept.READ_STEP];
        return i;
      }
      // All earlier reads come before this write, and so before whatever comes after it: they can be forgotten.
      elements[e + Kept.READER] = NOBODY;
      elements[e + Kept.WRITER] = p;
      elements[e + Kept.WRITTEN] = now;
      elements[e + Kept.WRITE_STEP] = i;
    }
    return -1;
  }

  #newClock(): number {
    const { processes } = this.#order;
    const clock = this.#clocks++;
    const end = this.#clocks * processes;
    if (end > this.#reads.length) {
      const reads = new Int32Array(end * 2);
      const steps = new Int32Array(end * 2);
      reads.set(this.#reads);
      steps.set(this.#readSteps);
      this.#reads = reads;
      this.#readSteps = steps;
    }
    this.#reads.fill(0, clock * processes, end);
    return clock;
  }

  #noteRead(clock: number, p: number, when: number, step: number): void {
    const place = clock * this.#order.processes + p;
    this.#reads[place] = when;
    this.#readSteps[place] = step;
  }

  /** Of several reads that race, the last is told: it is the closest. */
  #racesWithReads(clock: number, clocks: Int32Array, mine: number): boolean {
    const { processes } = this.#order;
    const from = clock * processes;
    let last = -1;
    for (let q = 0; q < processes; q++) {
      if (this.#reads[from + q] > clocks[mine + q] && this.#readSteps[from + q] > last)
        last = this.#readSteps[from + q];
    }
    if (last < 0) return false;
    this.first = last;
    return true;
  }
}

const detector = new RaceDetector();
const oneLock = new OneLock();

/** The first race of a controlled run: that whose second access came earliest. Undefined if there is none. */
export function racesIn({ mode, trace, doubles, objects, processes, outcome }: RunView): Race | undefined {
  if (mode !== 'controlled' || objects.length === 0) return undefined;
  // A misuse changed nothing: its record only says where it was.
  const steps = outcome.ending === Ending.MISUSE ? outcome.steps - 1 : outcome.steps;
  if (oneLock.guards(trace, steps, processes, objects)) return undefined;
  detector.begin(processes, objects);
  const second = detector.advance(trace, doubles, 0, steps);
  if (second < 0) return undefined;
  const at = second * RECORD_WORDS;
  return {
    first: detector.first,
    second,
    object: trace[at + Field.OBJECT],
    index: trace[at + Field.INDEX],
  };
}
