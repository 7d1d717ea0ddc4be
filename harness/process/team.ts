// A team: warm worker processes over one segment, pinned to one processor, and the side of the referee that starts
// their runs and waits for them. Between runs all workers sleep; during a run the referee does.
import type { CaseFaults } from '../problem/faults.ts';
import type { Case } from '../problem/problem.ts';
import type { Wanted } from '../shared/kernel.ts';
import type { Segment } from '../shared/segment.ts';
import { standsAt } from './announced.ts';
import {
  CODE,
  Command,
  DATA,
  DATA_WORDS,
  Ending,
  Flag,
  PRESCRIBED_WORDS,
  Run,
  Slot,
  STRATEGY,
  STRATEGY_WORDS,
  Status,
  slotOf,
  TABLE,
  TRACE,
} from './control.ts';
import { KernelObjects, wantedIn } from './kernel-objects.ts';
import type { ObjectNames } from './object-names.ts';
import { type Order, prepare } from './order.ts';
import { readText } from './text.ts';
import { type Lost, Watch } from './watch.ts';
import { type Programs, Workers } from './workers.ts';

/** How a run ended. The trace lies in the team's segment until the next one begins. */
export interface Outcome {
  readonly ending: number;
  /** The process that ended it, or -1. */
  readonly by: number;
  readonly steps: number;
  /** The process that died or hung. The referee has ended the run for that (STOPPED), or others did before it saw it. */
  readonly lost?: Lost;
  /** The kind of a kernel object that the problem does not allow, where the run ended for that. */
  readonly refused?: string;
}

/** How often a run is begun with what the solution asked for the last time. */
const ATTEMPTS = 3;

export class Team {
  readonly segment: Segment;
  readonly data: Int32Array;
  readonly trace: Int32Array;
  readonly traceDoubles: Float64Array;
  readonly #words: Int32Array;
  readonly #strategy: Int32Array;
  readonly #workers = new Workers();
  readonly #watch: Watch;
  /** Whether controlled runs are played under total store order. */
  buffered = false;
  /** Who may be killed in controlled runs. Default: nobody. */
  faults: CaseFaults | undefined;
  /** Kinds of kernel objects that a solution may ask for. */
  mechanisms: readonly string[] = [];
  #tableWanted = false;
  /** The kernel objects that runs are given. */
  #wanted: readonly Wanted[] = [];
  #broken = false;

  constructor() {
    this.segment = this.#workers.segment;
    this.#watch = new Watch(this.segment);
    const { buffer, words } = this.segment;
    this.#words = words;
    this.#strategy = words.subarray(STRATEGY, STRATEGY + STRATEGY_WORDS + PRESCRIBED_WORDS);
    this.data = words.subarray(DATA, DATA + DATA_WORDS);
    this.trace = words.subarray(TRACE);
    this.traceDoubles = new Float64Array(buffer, TRACE * 4);
  }

  /** Process ids of the workers. */
  get pids(): number[] {
    return this.#workers.pids;
  }

  /** How often workers had to be started again while they were made ready. */
  get replaced(): number {
    return this.#workers.replaced;
  }

  /** Whether `mend` is needed before the next run. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Loads a solution into all workers. Throws BadInput where it does not fit the problem. */
  async load(programs: Programs, workers: number): Promise<void> {
    await this.#workers.load(programs, workers);
    this.#broken = false;
  }

  /** Sets the case of the runs that follow, and how many processes it has. */
  async setCase(c: Case, processes: number): Promise<void> {
    await this.#workers.setCase(c, processes);
    this.#broken = false;
  }

  /** Lets the first worker hunt in the model. Undefined where its process did not survive that: see `broken`. */
  async model(order: unknown): Promise<unknown> {
    const result = await this.#workers.model(order);
    if (result === undefined) this.#broken = true;
    return result;
  }

  /** Starts all workers again after one died or hung. */
  async mend(): Promise<void> {
    await this.#workers.mend();
    this.#broken = false;
  }

  /** Ends all workers. */
  close(): Promise<void> {
    return this.#workers.close();
  }

  /** Closes the segment's descriptor too; the team is of no use after that. */
  dispose(): Promise<void> {
    return this.#workers.dispose();
  }

  /** How the worker of process `p` ended, once the system has told: `SIGSEGV`, `exit code 3`. */
  howEnded(p: number): Promise<string> {
    return this.#workers.howEnded(p);
  }

  /** What process `p` left in its slot. */
  text(p: number): string {
    return this.#workers.text(p);
  }

  /** A word of process `p`'s slot. */
  slot(p: number, word: number): number {
    return this.#words[slotOf(p) + word];
  }

  /** A word of the step at which process `p` stands in a controlled run. */
  announced(p: number, word: number): number {
    return this.#words[standsAt(this.#words, slotOf(p)) + word];
  }

  /** A word of the run's header. */
  header(word: number): number {
    return this.#words[word];
  }

  /** The objects of the last run that was played with a table asked for. */
  objects(): ObjectNames {
    const length = this.#words[Run.TABLE_LENGTH];
    return length === 0 ? [] : (JSON.parse(readText(this.segment.buffer, TABLE, length)) as ObjectNames);
  }

  /** Asks the first process to write the table of objects in the next run. */
  askForTable(): void {
    this.#tableWanted = true;
  }

  /** Plays one run of the current case and waits for its end. Blocks. */
  play(order: Order): Outcome {
    if (this.#broken) throw new Error('play of a broken team: mend it first');
    const tableWanted = this.#tableWanted;
    this.#tableWanted = false;
    for (let attempt = 1; ; attempt++) {
      const outcome = this.#playWith(order, tableWanted);
      if (outcome.lost !== undefined && tableWanted) this.#tableWanted = true;
      if (outcome.ending !== Ending.WANTS) return outcome;
      // The solution asks for other kernel objects than it was given. Once it has them, it is to ask for the same.
      const wanted = wantedIn(readText(this.segment.buffer, CODE, this.#words[Run.CODE_LENGTH]));
      if (wanted === undefined || attempt === ATTEMPTS) return { ...outcome, ending: Ending.LAYOUT };
      const refused = wanted.find(({ kind }) => !this.mechanisms.includes(kind));
      if (refused !== undefined) return { ...outcome, refused: refused.kind };
      this.#wanted = wanted;
    }
  }

  #playWith(order: Order, tableWanted: boolean): Outcome {
    if (this.#wanted.length === 0) return this.#playOnce(order, tableWanted, undefined);
    const { processes } = this.#workers;
    const pids = this.pids.slice(0, processes);
    const objects = new KernelObjects(this.#wanted, order.mode === 'free', processes, pids);
    try {
      return this.#playOnce(order, tableWanted, objects);
    } finally {
      objects.remove();
    }
  }

  #playOnce(order: Order, tableWanted: boolean, objects: KernelObjects | undefined): Outcome {
    const words = this.#words;
    const { processes } = this.#workers;
    prepare(words, this.#strategy, order, processes, this.buffered, this.faults);
    if (tableWanted) words[Run.FLAGS] |= Flag.TABLE;
    if (objects !== undefined) {
      words[Run.GRANTS] = 1;
      objects.sendTo(this.#workers.sockets);
    }
    for (let p = 0; p < processes; p++) words[slotOf(p) + Slot.COMMAND] = Command.PLAY;
    for (let p = 0; p < processes; p++) this.#workers.start(p);
    const lost = this.#watchRun(order.mode === 'controlled');
    if (order.exact || order.positions) {
      for (let p = 0; p < processes; p++) {
        if (words[slotOf(p) + Slot.STATUS] === Status.KILLED) this.#broken = true;
      }
    }
    const state = words[Run.STATE];
    const ending = state === Ending.RUNNING ? Ending.FINISHED : state;
    return { ending, by: words[Run.BY], steps: words[Run.STEPS], ...(lost && { lost }) };
  }

  /** Waits for the end of the run. Where a process is lost the team is broken, and the run has ended. */
  #watchRun(controlled: boolean): Outcome['lost'] | undefined {
    const words = this.#words;
    const lost = this.#watch.wait(this.pids.slice(0, this.#workers.processes), controlled);
    if (lost === undefined) return undefined;
    this.#broken = true;
    // One that asks for kernel objects has not begun yet, and cannot be begun anew.
    const ended = words[Run.STATE] !== Ending.RUNNING && words[Run.STATE] !== Ending.WANTS;
    if (!ended) {
      words[Run.BY] = lost.process;
      words[Run.STATE] = Ending.STOPPED;
    }
    this.#workers.kill();
    // Where one was killed from outside, how the others ended the run may be its death's doing: a broken pipe, an end too early.
    const isClear = lost.how === 'hangs' || words[slotOf(lost.process) + Slot.GAVE_UP] === 1;
    return ended && isClear ? undefined : lost;
  }
}
