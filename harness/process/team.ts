// A team: warm worker processes over one segment, pinned to one processor, and the side of the referee that starts
// their runs and waits for them. Between runs all workers sleep; during a run the referee does.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processState } from '../os/proc.ts';
import { BadInput } from '../problem/bad-input.ts';
import { builtFolder } from '../problem/built.ts';
import type { Case } from '../problem/problem.ts';
import { mix, seed } from '../schedule/generator.ts';
import { prescribe } from '../schedule/replay.ts';
import type { Moves } from '../schedule/schedule.ts';
import { strategyIndex } from '../schedule/strategies.ts';
import type { Strategy } from '../schedule/strategy.ts';
import { createSegment, openSegment, type Segment } from '../shared/segment.ts';
import { operations } from '../sync/operations.ts';
import {
  CODE,
  CODE_UNITS,
  Command,
  DATA,
  DATA_WORDS,
  Ending,
  Flag,
  MAX_PROCESSES,
  MAX_STEPS,
  PRESCRIBED_WORDS,
  Run,
  SEGMENT_BYTES,
  Slot,
  STRATEGY,
  STRATEGY_WORDS,
  Status,
  slotOf,
  TABLE,
  TEXT,
  TEXT_UNITS,
  TRACE,
} from './control.ts';
import type { ObjectNames } from './object-names.ts';

/** What a run is to be like. */
export interface Order {
  readonly mode: 'controlled' | 'free';
  /** Seed of the strategy. */
  readonly seed: number;
  /** Seed of the processes' own random numbers. Default 0. */
  readonly world?: number;
  readonly strategy: Strategy;
  /** What `replay` follows. */
  readonly moves?: Moves;
  /** Steps that such a run is likely to take. Default: not known. */
  readonly length?: number;
  /** Take source positions at every step. */
  readonly positions?: boolean;
  /** Free runs: yield or sleep a little now and then. */
  readonly noise?: boolean;
  /** Free runs: all processes share one processor. */
  readonly together?: boolean;
}

/** How a run ended. The trace lies in the team's segment until the next one begins. */
export interface Outcome {
  readonly ending: number;
  /** The process that ended it, or -1. */
  readonly by: number;
  readonly steps: number;
  /** The process that died or hung, where the referee ended the run. */
  readonly lost?: { readonly process: number; readonly how: 'died' | 'hangs' };
}

/** Steps of the strategy before the fair tail takes over, and steps before a run is given up. */
const STRATEGY_BOUND = 2_000;
const STEP_BOUND = MAX_STEPS - 1;
/** Processor time without a step that makes a process hang, in milliseconds. Loops are found by counting, long before. */
const HANG = 3_000;
const WATCH = 20;
const FREE_WATCH = 5;
const ALL = 2 ** 31 - 1;
/** Thousands of steps without an event that end a free run. */
const FREE_KILOSTEPS = 400_000;

const NODE_FLAGS = [
  '--disallow-code-generation-from-strings',
  '--max-old-space-size=96',
  '--max-semi-space-size=2',
  '--no-warnings',
  ...(process.env.LAB_PERF ? ['--perf-basic-prof'] : []),
];

export class Team {
  readonly #segmentFd: number;
  readonly segment: Segment;
  readonly #words: Int32Array;
  readonly #strategy: Int32Array;
  readonly data: Int32Array;
  readonly trace: Int32Array;
  readonly traceDoubles: Float64Array;
  readonly #workers: ChildProcess[] = [];
  #programs: { problem: string; solution: string } | undefined;
  #case: Case | undefined;
  #processes = 0;
  #broken = false;
  #started = 0;
  readonly #cpu = new Float64Array(MAX_PROCESSES);

  constructor() {
    this.#segmentFd = createSegment(SEGMENT_BYTES);
    this.segment = openSegment(this.#segmentFd, SEGMENT_BYTES);
    const { buffer, words } = this.segment;
    this.#words = words;
    this.#strategy = words.subarray(STRATEGY, STRATEGY + STRATEGY_WORDS + PRESCRIBED_WORDS);
    this.data = words.subarray(DATA, DATA + DATA_WORDS);
    this.trace = words.subarray(TRACE);
    this.traceDoubles = new Float64Array(buffer, TRACE * 4);
  }

  /** Process ids of the workers. */
  get pids(): number[] {
    return this.#workers.map((w) => w.pid ?? -1);
  }

  /** Loads a solution into all workers. Throws BadInput where it does not fit the problem. */
  async load(programs: { problem: string; solution: string }, workers: number): Promise<void> {
    this.#programs = programs;
    this.#case = undefined;
    await this.#grow(workers);
    await this.#loadInto(this.#workers.map((_, i) => i));
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
    const before = this.#workers.length;
    if (processes > before) {
      await this.#grow(processes);
      await this.#loadInto(Array.from({ length: processes - before }, (_, i) => before + i));
    }
    this.#write(JSON.stringify(c));
    await this.#command(
      Command.CASE,
      Array.from({ length: processes }, (_, i) => i),
    );
  }

  /** Starts all workers again after one died or hung. */
  async mend(): Promise<void> {
    const workers = this.#workers.length;
    await this.close();
    this.#words.fill(0, 0, STRATEGY);
    this.#broken = false;
    await this.#grow(workers);
    if (this.#programs) await this.#loadInto(this.#workers.map((_, i) => i));
    if (this.#case) await this.setCase(this.#case, this.#processes);
  }

  /** Whether `mend` is needed before the next run. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Ends all workers. */
  async close(): Promise<void> {
    await Promise.all(
      this.#workers.splice(0).map(
        (w) =>
          new Promise<void>((done) => {
            if (w.exitCode !== null || w.signalCode !== null) return done();
            w.once('exit', () => done());
            w.kill('SIGKILL');
          }),
      ),
    );
    this.#started = 0;
  }

  /** Closes the segment's descriptor too; the team is of no use after that. */
  async dispose(): Promise<void> {
    await this.close();
    closeSync(this.#segmentFd);
  }

  async #grow(workers: number): Promise<void> {
    if (this.#workers.length >= workers) return;
    const file = join(await builtFolder(), 'worker.js');
    const words = this.#words;
    words[Run.FINISHED] = 0;
    const first = this.#workers.length;
    for (let i = first; i < workers; i++) {
      words.fill(0, slotOf(i), slotOf(i + 1));
      const child = spawn(process.execPath, [...NODE_FLAGS, file, String(i), String(process.pid)], {
        stdio: ['ignore', 'ignore', process.env.LAB_DEBUG ? 'inherit' : 'ignore', this.#segmentFd],
        env: {},
      });
      child.on('error', () => {});
      this.#workers.push(child);
    }
    for (let waited = 0; Atomics.load(words, Run.FINISHED) < workers - first; waited++) {
      const dead = this.#workers.find((w) => w.exitCode !== null || w.signalCode !== null);
      if (dead) {
        throw new Error(
          `a worker process could not start (${dead.signalCode ?? `exit code ${dead.exitCode}`}). Run lab doctor.`,
        );
      }
      if (waited > 30_000) throw new Error('the worker processes do not start. Run lab doctor.');
      await delay(1);
    }
    this.#started = workers;
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

  async #loadInto(workers: number[]): Promise<void> {
    if (!this.#programs) return;
    this.#write(JSON.stringify(this.#programs));
    this.#words[Run.STATE] = Ending.RUNNING;
    this.#words[Run.MODE] = 0;
    await this.#command(Command.LOAD, workers);
  }

  /** Gives a command other than a run to `workers` and waits for their answers. */
  async #command(command: number, workers: number[]): Promise<void> {
    const words = this.#words;
    words[Run.FINISHED] = 0;
    for (const p of workers) {
      words[slotOf(p) + Slot.COMMAND] = command;
      words[slotOf(p) + Slot.ANSWER] = 0;
      this.#start(p);
    }
    const began = performance.now();
    while (Atomics.load(words, Run.FINISHED) < workers.length) {
      this.segment.futex.waitFor(
        this.segment.address + Run.FINISHED * 4,
        Atomics.load(words, Run.FINISHED),
        5,
      );
      if (performance.now() - began > 20) await delay(0);
      const dead = workers.find((p) => 'ZX'.includes(processState(this.#workers[p].pid ?? 0).state));
      const hangs = performance.now() - began > 20_000;
      if (dead !== undefined || hangs) {
        this.#broken = true;
        throw new BadInput(
          hangs
            ? 'the solution does not finish loading: something at its top level, outside the roles, takes too long. Move it into share or a role.'
            : 'the solution ended its process while it was loaded: look at what it does at its top level, outside the roles.',
        );
      }
    }
    for (const p of workers) {
      if (words[slotOf(p) + Slot.ANSWER] === 2) throw new BadInput(this.text(p));
    }
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
    const controlled = order.mode === 'controlled';
    words.fill(0, 0, SLOT_HEADER);
    words[Run.MODE] = controlled ? 0 : 1;
    words[Run.PROCESSES] = processes;
    words[Run.FLAGS] =
      (order.positions ? Flag.POSITIONS : 0) |
      (order.noise ? Flag.NOISE : 0) |
      (order.together ? Flag.ONE_PROCESSOR : 0) |
      (this.#tableWanted ? Flag.TABLE : 0);
    this.#tableWanted = false;
    words[Run.SEED] = order.world ?? 0;
    words[Run.BY] = -1;
    if (controlled) {
      words[Run.STRATEGY] = strategyIndex(order.strategy);
      words[Run.STRATEGY_BOUND] = order.moves ? STEP_BOUND + 1 : STRATEGY_BOUND;
      words[Run.STEP_BOUND] = STEP_BOUND;
      seed(words, Run.TAIL, mix(order.seed ^ 0x7a11));
      order.strategy.begin(this.#strategy, { processes, seed: order.seed, length: order.length ?? 0 });
      if (order.moves) prescribe(this.#strategy, order.moves);
    }
    for (let p = 0; p < processes; p++) {
      const slot = slotOf(p);
      words[slot + Slot.COMMAND] = Command.PLAY;
      words[slot + Slot.TURN] = 0;
      words[slot + Slot.STATUS] = Status.MOVING;
      words[slot + Slot.TEXT_LENGTH] = 0;
      words[slot + Slot.SLEEPS_ON] = 0;
      words[slot + Slot.KILOSTEPS] = 0;
      words[slot + Slot.LINE] = 0;
    }
    for (let p = 0; p < processes; p++) this.#start(p);
    const lost = this.#wait(controlled, processes);
    const state = words[Run.STATE];
    const ending = state === Ending.RUNNING ? Ending.FINISHED : state;
    return { ending, by: words[Run.BY], steps: words[Run.STEPS], ...(lost && { lost }) };
  }

  /** Sleeps until all processes have left the run; ends it where one died or hangs. */
  #wait(controlled: boolean, processes: number): Outcome['lost'] | undefined {
    const words = this.#words;
    const { futex, address } = this.segment;
    let progress = -1;
    let lastSleeps = '';
    for (;;) {
      const finished = Atomics.load(words, Run.FINISHED);
      if (finished >= processes) return undefined;
      futex.waitFor(address + Run.FINISHED * 4, finished, controlled ? WATCH : FREE_WATCH);
      if (Atomics.load(words, Run.FINISHED) !== finished) continue;
      // Nobody has left for a while: is everyone well?
      const running = words[Run.STATE] === Ending.RUNNING;
      if (!controlled && running) {
        const sleeps = this.#allAsleep(processes);
        if (sleeps !== '' && sleeps === lastSleeps) {
          this.#end(Ending.DEADLOCK, processes);
          continue;
        }
        lastSleeps = sleeps;
        if (this.#kilosteps(processes) > FREE_KILOSTEPS) {
          this.#end(Ending.BOUND, processes);
          continue;
        }
      }
      const now = controlled ? words[Run.STEPS] : words[Run.EVENTS];
      const moved = now !== progress;
      progress = now;
      for (let p = 0; p < processes; p++) {
        const { state, cpu } = processState(this.#workers[p].pid ?? 0);
        if (moved) this.#cpu[p] = cpu;
        const dead = state === 'Z' || state === 'X';
        const patience = !running ? 500 : controlled ? HANG : HANG * 5;
        if (!dead && cpu - this.#cpu[p] < patience) continue;
        this.#broken = true;
        const ended = words[Run.STATE] !== Ending.RUNNING;
        if (!ended) {
          words[Run.BY] = p;
          words[Run.STATE] = Ending.STOPPED;
        }
        for (const w of this.#workers) w.kill('SIGKILL');
        return ended ? undefined : { process: p, how: dead ? 'died' : 'hangs' };
      }
    }
  }

  /** Ends a free run from outside and wakes whoever sleeps. */
  #end(how: number, processes: number): void {
    const words = this.#words;
    Atomics.compareExchange(words, Run.STATE, Ending.RUNNING, how);
    for (let p = 0; p < processes; p++) {
      const word = Atomics.load(words, slotOf(p) + Slot.SLEEPS_ON);
      if (word !== 0) this.segment.futex.wake(this.segment.address + word * 4, ALL);
    }
  }

  /**
   * Free runs: '' unless every process has ended or sleeps for something that is not there, and somebody sleeps.
   * Else the sleeps so far: the same in two looks, nobody woke in between, and nobody is left to wake anyone.
   */
  #allAsleep(processes: number): string {
    const words = this.#words;
    let sleeps = '';
    for (let p = 0; p < processes; p++) {
      const slot = slotOf(p);
      const status = Atomics.load(words, slot + Slot.STATUS);
      if (status === Status.DONE || status === Status.CRASHED) continue;
      if (status !== Status.STANDING) return '';
      const operation = operations[words[slot + Slot.OPERATION]];
      if (operation.giveUp !== undefined) return '';
      if (operation.ready(this.data, words[slot + Slot.AT], p, words[slot + Slot.ARGUMENT])) return '';
      sleeps += `${p}:${words[slot + Slot.SLEEPS]};`;
    }
    return sleeps;
  }

  #kilosteps(processes: number): number {
    let sum = 0;
    for (let p = 0; p < processes; p++) sum += this.#words[slotOf(p) + Slot.KILOSTEPS];
    return sum;
  }

  /** How the worker of process `p` ended, once the system has told: `SIGSEGV`, `exit code 3`. */
  async howEnded(p: number): Promise<string> {
    const w = this.#workers[p];
    for (let i = 0; i < 100 && w.exitCode === null && w.signalCode === null; i++) await delay(5);
    return w.signalCode ?? `exit code ${w.exitCode}`;
  }

  /** Workers that run now. */
  get size(): number {
    return this.#started;
  }
}

/** Words of the header that a run begins with at zero. */
const SLOT_HEADER = 32;

function utf16(buffer: ArrayBuffer, word: number, length: number): string {
  const units = new Uint16Array(buffer, word * 4, length);
  let text = '';
  for (let i = 0; i < length; i += 8192) text += String.fromCharCode(...units.subarray(i, i + 8192));
  return text;
}
