// The workers of a team, made ready: started, given the programs and the case, and started again where one dies.
import { closeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { processState } from '../os/proc.ts';
import { BadInput } from '../problem/bad-input.ts';
import type { Case } from '../problem/problem.ts';
import { createSegment, openSegment, type Segment } from '../shared/segment.ts';
import {
  CODE,
  CODE_UNITS,
  Command,
  Ending,
  MAX_PROCESSES,
  Run,
  SEGMENT_BYTES,
  Slot,
  STRATEGY,
  slotOf,
  TEXT,
  TEXT_UNITS,
} from './control.ts';
import { Crew } from './crew.ts';
import { readText, writeText } from './text.ts';
import { WorkerGone } from './worker-gone.ts';

/** What the workers load: source texts of function expressions. */
export interface Programs {
  readonly problem: string;
  readonly solution: string;
  /** The solution's twin, where there is one. */
  readonly twin?: string;
}

/** Milliseconds that workers may take to start. */
const START_LIMIT = 30_000;
/** Processor time that loading a solution may take in one worker, in milliseconds. */
const LOAD_CPU = 2_000;
/** The same for a hunt in the model. */
const MODEL_CPU = 3_000;
/** Milliseconds after which a command is looked after: most are done by then. */
const QUICK = 20;
/** How often workers are started before their end is taken for the solution's doing. */
const ATTEMPTS = 3;

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

export class Workers {
  readonly segment: Segment;
  /** How many of them play a run of the case. */
  processes = 0;
  /** How often workers had to be started again while they were made ready for these programs. */
  replaced = 0;
  readonly #segmentFd: number;
  readonly #words: Int32Array;
  readonly #crew: Crew;
  #programs: Programs | undefined;
  #case: Case | undefined;
  /** Workers, from the first on, that have the programs. */
  #loaded = 0;

  constructor() {
    this.#segmentFd = createSegment(SEGMENT_BYTES);
    this.segment = openSegment(this.#segmentFd, SEGMENT_BYTES);
    this.#words = this.segment.words;
    this.#crew = new Crew(this.#segmentFd);
  }

  /** Process ids, by process number. */
  get pids(): number[] {
    return this.#crew.pids;
  }

  /** The sockets over which the processes of a run get their kernel objects. */
  get sockets(): readonly number[] {
    return this.#crew.sockets.slice(0, this.processes);
  }

  /** Loads the programs into `workers` of them; others get them when a case needs them. Throws BadInput where they do not fit together. */
  async load(programs: Programs, workers: number): Promise<void> {
    this.#programs = programs;
    this.#loaded = 0;
    this.replaced = 0;
    this.#case = undefined;
    await this.#prepare(workers);
  }

  /** Sets the case of the runs that follow, and how many processes it has. */
  async setCase(c: Case, processes: number): Promise<void> {
    if (processes > MAX_PROCESSES) {
      throw new BadInput(
        `the case ${JSON.stringify(c)} has ${processes} processes; a run has at most ${MAX_PROCESSES}. Choose a smaller one.`,
      );
    }
    this.#case = c;
    this.processes = processes;
    await this.#prepare(processes);
  }

  /** Lets the first one hunt in the model. Undefined where its process did not survive that; then all are killed. */
  async model(order: unknown): Promise<unknown> {
    this.#write(JSON.stringify(order));
    try {
      await this.#command(Command.MODEL, [0], MODEL_CPU);
    } catch (e) {
      if (!(e instanceof WorkerGone)) throw e;
      this.kill();
      return undefined;
    }
    return JSON.parse(readText(this.segment.buffer, CODE, this.#words[Run.CODE_LENGTH]));
  }

  /** Ends all of them, and starts as many again as the case needs. */
  async mend(): Promise<void> {
    const workers = this.#case ? this.processes : this.#loaded;
    await this.#reset();
    await this.#prepare(workers);
  }

  /** Starts workers until there are `workers`, and waits until they have set themselves up. */
  async grow(workers: number): Promise<void> {
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

  /** Wakes worker `p`, which then does what its slot says. */
  start(p: number): void {
    const word = slotOf(p) + Slot.START;
    Atomics.add(this.#words, word, 1);
    this.segment.futex.wake(this.segment.address + word * 4, 1);
  }

  /** What worker `p` left in its slot. */
  text(p: number): string {
    const length = this.#words[slotOf(p) + Slot.TEXT_LENGTH];
    return readText(this.segment.buffer, TEXT + (p * TEXT_UNITS) / 2, Math.min(length, TEXT_UNITS));
  }

  /** How worker `p` ended, once the system has told: `SIGSEGV`, `exit code 3`. */
  howEnded(p: number): Promise<string> {
    return this.#crew.howEnded(p);
  }

  /** Kills all of them without waiting. */
  kill(): void {
    this.#crew.kill();
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    this.#loaded = 0;
    await this.#crew.close();
  }

  /** Closes the segment's descriptor too. */
  async dispose(): Promise<void> {
    await this.close();
    closeSync(this.#segmentFd);
  }

  /** Ends all of them and forgets what they left behind. */
  async #reset(): Promise<void> {
    await this.close();
    this.#words.fill(0, 0, STRATEGY);
  }

  /**
   * Comes to at least `workers` workers that know the solution and the case. A worker that dies meanwhile may have been ended
   * from outside, so it is tried again; only what happens every time is the solution's doing.
   */
  async #prepare(workers: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.grow(workers);
        await this.#loadInto(workers);
        if (this.#case) {
          this.#write(JSON.stringify(this.#case));
          await this.#command(Command.CASE, range(0, this.processes));
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

  /** Loads the programs into those of the first `workers` workers that do not have them yet. */
  async #loadInto(workers: number): Promise<void> {
    if (!this.#programs || this.#loaded >= workers) return;
    this.#write(JSON.stringify(this.#programs));
    this.#words[Run.STATE] = Ending.RUNNING;
    this.#words[Run.MODE] = 0;
    // One alone first: they share a processor, and a solution that hangs would hang in all of them, each in its turn.
    for (const next of this.#loaded === 0 ? [1, workers] : [workers]) {
      await this.#command(Command.LOAD, range(this.#loaded, next));
      this.#loaded = next;
    }
  }

  #write(text: string): void {
    if (text.length > CODE_UNITS)
      throw new BadInput(
        `the solution is too large: ${text.length} characters compiled, at most ${CODE_UNITS}.`,
      );
    this.#words[Run.CODE_LENGTH] = writeText(this.segment.buffer, CODE, text, CODE_UNITS);
  }

  /** Gives a command other than a run to `workers` and waits for their answers. */
  async #command(command: number, workers: number[], limit = LOAD_CPU): Promise<void> {
    const words = this.#words;
    words[Run.FINISHED] = 0;
    for (const p of workers) {
      words[slotOf(p) + Slot.COMMAND] = command;
      words[slotOf(p) + Slot.ANSWER] = 0;
      this.start(p);
    }
    const finished = (): number => Atomics.load(words, Run.FINISHED);
    const { address, futex } = this.segment;
    const began = performance.now();
    let used: number[] | undefined;
    for (let done = finished(); done < workers.length; done = finished()) {
      futex.waitFor(address + Run.FINISHED * 4, done, 5);
      if (performance.now() - began < QUICK) continue;
      await delay(0);
      const states = workers.map((p) => processState(this.pids[p]));
      used ??= states.map(({ cpu }) => cpu);
      const before = used;
      if (states.some(({ state }) => 'ZX'.includes(state))) throw new WorkerGone('load', 'died');
      if (states.some(({ cpu }, i) => cpu - before[i] > limit)) throw new WorkerGone('load', 'hangs');
    }
    for (const p of workers) {
      if (words[slotOf(p) + Slot.ANSWER] === 2) throw new BadInput(this.text(p));
    }
  }
}
