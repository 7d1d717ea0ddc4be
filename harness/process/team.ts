// A team: warm worker processes over one segment, pinned to one processor, and the side of the referee that starts
// their runs and waits for them. Between runs all workers sleep; during a run the referee does.
import { closeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { processState } from '../os/proc.ts';
import { BadInput } from '../problem/bad-input.ts';
import type { Case } from '../problem/problem.ts';
import { createSegment, openSegment, type Segment } from '../shared/segment.ts';
import { standsAt } from './announced.ts';
import {
  CODE,
  CODE_UNITS,
  Command,
  DATA,
  DATA_WORDS,
  Ending,
  Flag,
  MAX_PROCESSES,
  PRESCRIBED_WORDS,
  Run,
  SEGMENT_BYTES,
  Slot,
  STRATEGY,
  STRATEGY_WORDS,
  slotOf,
  TABLE,
  TEXT,
  TEXT_UNITS,
  TRACE,
} from './control.ts';
import { Crew } from './crew.ts';
import type { ObjectNames } from './object-names.ts';
import { type Order, prepare } from './order.ts';
import { type Lost, Watch } from './watch.ts';

/** What the workers load: source texts of function expressions. */
export interface Programs {
  readonly problem: string;
  readonly solution: string;
  /** The solution's twin, where there is one. */
  readonly twin?: string;
}

/** How a run ended. The trace lies in the team's segment until the next one begins. */
export interface Outcome {
  readonly ending: number;
  /** The process that ended it, or -1. */
  readonly by: number;
  readonly steps: number;
  /** The process that died or hung, where the referee ended the run. */
  readonly lost?: Lost;
}

/** Milliseconds that workers may take to start. */
const START_LIMIT = 30_000;

/** Processor time that loading a solution may take, in milliseconds. */
const LOAD_CPU = 5_000;
/** The same for a hunt in the model. */
const MODEL_CPU = 20_000;
/** How often workers are started before their end is taken for the solution's doing. */
const ATTEMPTS = 3;

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** A worker died while it was made ready. */
class WorkerGone extends Error {
  readonly #when: 'start' | 'load';
  readonly #how: string;
  constructor(when: 'start' | 'load', how: string) {
    super(how);
    this.#when = when;
    this.#how = how;
  }
  /** Whether it may have come from outside, and not happen again. */
  get mayPass(): boolean {
    return this.#how !== 'hangs';
  }
  /** What to say if it happens every time. */
  asTold(): Error {
    if (this.#when === 'start')
      return new Error(`the worker processes cannot start (${this.#how}). Run lab doctor.`);
    return new BadInput(
      this.#how === 'hangs'
        ? 'the solution does not finish loading: something at its top level, outside the roles, takes too long. Move it into share or a role.'
        : 'the solution ends its process while it is loaded: look at what it does at its top level, outside the roles.',
    );
  }
}

export class Team {
  /** How often workers had to be started again while they were made ready. */
  replaced = 0;
  readonly #segmentFd: number;
  readonly segment: Segment;
  readonly #words: Int32Array;
  readonly #strategy: Int32Array;
  readonly data: Int32Array;
  readonly trace: Int32Array;
  readonly traceDoubles: Float64Array;
  readonly #crew: Crew;
  readonly #watch: Watch;
  #programs: Programs | undefined;
  #case: Case | undefined;
  #processes = 0;
  /** Workers, from the first on, that have the programs. */
  #loaded = 0;
  #broken = false;

  constructor() {
    this.#segmentFd = createSegment(SEGMENT_BYTES);
    this.segment = openSegment(this.#segmentFd, SEGMENT_BYTES);
    this.#crew = new Crew(this.#segmentFd);
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
    return this.#crew.pids;
  }

  /** Loads a solution into all workers. Throws BadInput where it does not fit the problem. */
  async load(programs: Programs, workers: number): Promise<void> {
    this.#programs = programs;
    this.#loaded = 0;
    this.#case = undefined;
    await this.#prepare(Math.max(workers, this.#crew.size));
  }

  /** Sets the case of the runs that follow, and how many processes it has. */
  async setCase(c: Case, processes: number): Promise<void> {
    if (processes > MAX_PROCESSES) {
      throw new BadInput(
        `the case ${JSON.stringify(c)} has ${processes} processes; a run has at most ${MAX_PROCESSES}. Choose a smaller one.`,
      );
    }
    this.#case = c;
    this.#processes = processes;
    await this.#prepare(Math.max(processes, this.#crew.size));
  }

  /** Starts all workers again after one died or hung. */
  async mend(): Promise<void> {
    const workers = this.#crew.size;
    await this.#reset();
    await this.#prepare(workers);
  }

  /** Ends all workers and forgets what they knew. */
  async #reset(): Promise<void> {
    await this.close();
    this.#words.fill(0, 0, STRATEGY);
    this.#broken = false;
  }

  /**
   * Brings the team to `workers` workers that know the solution and the case. A worker that dies meanwhile may have
   * been ended from outside, so it is tried again; only what happens every time is the solution's doing.
   */
  async #prepare(workers: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#grow(workers);
        await this.#loadAll();
        if (this.#case) {
          this.#write(JSON.stringify(this.#case));
          await this.#command(Command.CASE, range(0, this.#processes));
        }
        return;
      } catch (e) {
        if (!(e instanceof WorkerGone)) throw e;
        this.replaced++;
        await this.#reset();
        if (attempt === ATTEMPTS || !e.mayPass) throw e.asTold();
      }
    }
  }

  /** Whether `mend` is needed before the next run. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Ends all workers. */
  async close(): Promise<void> {
    this.#loaded = 0;
    await this.#crew.close();
  }

  /** Closes the segment's descriptor too; the team is of no use after that. */
  async dispose(): Promise<void> {
    await this.close();
    closeSync(this.#segmentFd);
  }

  async #grow(workers: number): Promise<void> {
    if (this.#crew.size >= workers) return;
    const words = this.#words;
    words[Run.FINISHED] = 0;
    const first = this.#crew.size;
    for (let i = first; i < workers; i++) words.fill(0, slotOf(i), slotOf(i + 1));
    await this.#crew.start(workers);
    for (let waited = 0; Atomics.load(words, Run.FINISHED) < workers - first; waited++) {
      const casualty = this.#crew.casualty();
      if (casualty) throw new WorkerGone('start', casualty);
      if (waited > START_LIMIT) throw new Error('the worker processes do not start. Run lab doctor.');
      await delay(1);
    }
  }

  #write(text: string): void {
    if (text.length > CODE_UNITS)
      throw new BadInput(
        `the solution is too large: ${text.length} characters compiled, at most ${CODE_UNITS}.`,
      );
    const units = new Uint16Array(this.segment.buffer, CODE * 4, CODE_UNITS);
    for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
    this.#words[Run.CODE_LENGTH] = text.length;
  }

  /** Loads the programs into the workers that do not have them yet. */
  async #loadAll(): Promise<void> {
    const workers = this.#crew.size;
    if (!this.#programs || this.#loaded === workers) return;
    this.#write(JSON.stringify(this.#programs));
    this.#words[Run.STATE] = Ending.RUNNING;
    this.#words[Run.MODE] = 0;
    await this.#command(Command.LOAD, range(this.#loaded, workers));
    this.#loaded = workers;
  }

  /** Gives a command other than a run to `workers` and waits for their answers. */
  async #command(command: number, workers: number[], limit = LOAD_CPU): Promise<void> {
    const words = this.#words;
    words[Run.FINISHED] = 0;
    for (const p of workers) {
      words[slotOf(p) + Slot.COMMAND] = command;
      words[slotOf(p) + Slot.ANSWER] = 0;
      this.#start(p);
    }
    const began = performance.now();
    const used = this.pids.map((pid) => processState(pid).cpu);
    while (Atomics.load(words, Run.FINISHED) < workers.length) {
      this.segment.futex.waitFor(
        this.segment.address + Run.FINISHED * 4,
        Atomics.load(words, Run.FINISHED),
        5,
      );
      if (performance.now() - began > 20) await delay(0);
      const dead = workers.find((p) => 'ZX'.includes(processState(this.pids[p]).state));
      const hangs = performance.now() - began > 1000 && workers.some((p) => this.#cpuSince(p, used) > limit);
      if (dead !== undefined || hangs) throw new WorkerGone('load', hangs ? 'hangs' : 'died');
    }
    for (const p of workers) {
      if (words[slotOf(p) + Slot.ANSWER] === 2) throw new BadInput(this.text(p));
    }
  }

  /** Lets the first worker hunt in the model. Undefined where its process did not survive that: see `broken`. */
  async model(order: unknown): Promise<unknown> {
    this.#write(JSON.stringify(order));
    try {
      await this.#command(Command.MODEL, [0], MODEL_CPU);
    } catch (e) {
      if (!(e instanceof WorkerGone)) throw e;
      this.#broken = true;
      this.#crew.kill();
      return undefined;
    }
    return JSON.parse(utf16(this.segment.buffer, CODE, this.#words[Run.CODE_LENGTH]));
  }

  #cpuSince(p: number, used: readonly number[]): number {
    return processState(this.pids[p]).cpu - used[p];
  }

  #start(p: number): void {
    const word = slotOf(p) + Slot.START;
    Atomics.add(this.#words, word, 1);
    this.segment.futex.wake(this.segment.address + word * 4, 1);
  }

  /** What process `p` left in its slot. */
  text(p: number): string {
    const length = this.#words[slotOf(p) + Slot.TEXT_LENGTH];
    return utf16(this.segment.buffer, TEXT + (p * TEXT_UNITS) / 2, Math.min(length, TEXT_UNITS));
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
    return length === 0 ? [] : (JSON.parse(utf16(this.segment.buffer, TABLE, length)) as ObjectNames);
  }

  /** Asks the first process to write the table of objects in the next run. */
  askForTable(): void {
    this.#tableWanted = true;
  }
  #tableWanted = false;

  /** Plays one run of the current case and waits for its end. Blocks. */
  play(order: Order): Outcome {
    if (this.#broken) throw new Error('play of a broken team: mend it first');
    const words = this.#words;
    const processes = this.#processes;
    prepare(words, this.#strategy, order, processes);
    if (this.#tableWanted) words[Run.FLAGS] |= Flag.TABLE;
    this.#tableWanted = false;
    for (let p = 0; p < processes; p++) words[slotOf(p) + Slot.COMMAND] = Command.PLAY;
    for (let p = 0; p < processes; p++) this.#start(p);
    const lost = this.#watchRun(order.mode === 'controlled');
    const state = words[Run.STATE];
    const ending = state === Ending.RUNNING ? Ending.FINISHED : state;
    return { ending, by: words[Run.BY], steps: words[Run.STEPS], ...(lost && { lost }) };
  }

  /** Waits for the end of the run. Where a process is lost the team is broken, and the run has ended. */
  #watchRun(controlled: boolean): Outcome['lost'] | undefined {
    const words = this.#words;
    const lost = this.#watch.wait(this.pids.slice(0, this.#processes), controlled);
    if (lost === undefined) return undefined;
    this.#broken = true;
    const ended = words[Run.STATE] !== Ending.RUNNING;
    if (!ended) {
      words[Run.BY] = lost.process;
      words[Run.STATE] = Ending.STOPPED;
    }
    this.#crew.kill();
    return ended ? undefined : lost;
  }

  /** How the worker of process `p` ended, once the system has told: `SIGSEGV`, `exit code 3`. */
  howEnded(p: number): Promise<string> {
    return this.#crew.howEnded(p);
  }
}

function utf16(buffer: ArrayBuffer, word: number, length: number): string {
  const units = new Uint16Array(buffer, word * 4, length);
  let text = '';
  for (let i = 0; i < length; i += 8192) text += String.fromCharCode(...units.subarray(i, i + 8192));
  return text;
}
