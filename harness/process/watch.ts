// The referee's watch over a run: it sleeps until all processes have left, and looks now and then whether they can.
// In controlled runs the gate knows of a deadlock at once; what is left to see from outside is a process that died,
// or hangs inside a single call. In free runs the watch also finds deadlocks, from what each process publishes.
import { asleepFor, processState, runs } from '../os/proc.ts';
import type { Segment } from '../shared/segment.ts';
import { operations } from '../sync/operations.ts';
import { DATA, DATA_WORDS, Ending, Flag, Run, Slot, Status, slotOf } from './control.ts';

/** What the watch found wrong with a process. */
export interface Lost {
  readonly process: number;
  readonly how: 'died' | 'hangs';
}

/** Time between two looks, in milliseconds. Two looks that agree make a deadlock of a free run: 10 ms after the last sleep. */
const LOOK_CONTROLLED = 20;
const LOOK_FREE = 5;
/** Time between two looks that make one where somebody waits for what may arrive later, over TCP or UDP: in milliseconds. */
const LATE = 1_000;
/** Processor time inside one call that makes a process hang, in milliseconds. Loops are found by counting, long before. */
const HANG = 3_000;
/** The same for a process that does not leave a run which is over. */
const LEAVE = 500;
/** Thousands of steps without an event that make a free run endless. */
const ENDLESS_KILOSTEPS = 100_000;
/** After so many milliseconds a free run is cut short, and what it did not show is not judged. */
const FREE_LIMIT = 4_000;
/**
 * Nobody moves, nobody computes or could, and the gate has not said why, in so many looks in a row: a defect of the lab.
 * Looks, since a machine that stands still does not look either.
 */
const STALLED = 1_000;
const ALL = 2 ** 31 - 1;
const AWAITS = 'awaits ';

/** Nobody can say why a run does not go on. */
export class Stalled extends Error {
  override readonly name = 'LabError';
}

export class Watch {
  readonly #segment: Segment;
  readonly #words: Int32Array;
  readonly #data: Int32Array;
  /** Processor time of each process when the run last moved. */
  readonly #cpu: number[] = [];

  constructor(segment: Segment) {
    this.#segment = segment;
    this.#words = segment.words;
    this.#data = segment.words.subarray(DATA, DATA + DATA_WORDS);
  }

  /** Sleeps until the processes `pids` have left the run. Returns the one that never will. Blocks. */
  wait(pids: readonly number[], controlled: boolean): Lost | undefined {
    const words = this.#words;
    const { futex, address } = this.#segment;
    const began = performance.now();
    let progress = -1;
    let sleeps = '';
    let asleep = began;
    let still = 0;
    let computed = 0;
    for (;;) {
      const finished = Atomics.load(words, Run.FINISHED);
      if (finished >= pids.length) return undefined;
      futex.waitFor(address + Run.FINISHED * 4, finished, controlled ? LOOK_CONTROLLED : LOOK_FREE);
      if (Atomics.load(words, Run.FINISHED) !== finished) continue;
      const running = words[Run.STATE] === Ending.RUNNING;
      // Whoever was about to fall asleep when the run ended has missed that it was woken.
      if (!running && !controlled) this.#wake(pids.length);
      if (running && !controlled) {
        const before = sleeps;
        sleeps = this.#asleep(pids);
        if (sleeps === '' || sleeps !== before) asleep = performance.now();
        else if (!sleeps.startsWith(AWAITS) || performance.now() - asleep > LATE) {
          // Twice, since one that ran when it was asked can have woken one that was asked before; and nobody has moved since.
          const anyRuns = [...pids, ...pids].some(runs);
          if (!anyRuns && this.#asleep(pids) === sleeps) this.#end(Ending.DEADLOCK, pids.length);
        }
        if (performance.now() - began > FREE_LIMIT) this.#end(Ending.CUT, pids.length); // unless it has ended
      }
      const now = controlled ? words[Run.STEPS] : words[Run.EVENTS];
      const moved = now !== progress;
      progress = now;
      if (!controlled) {
        if (moved) this.#resetKilosteps(pids.length);
        else if (this.#kilosteps(pids.length) > ENDLESS_KILOSTEPS) this.#end(Ending.BOUND, pids.length);
      }
      let cpu = 0;
      let isAsleep = true;
      for (const [process, pid] of pids.entries()) {
        if (this.#isKilled(process)) continue;
        const state = processState(pid);
        cpu += state.cpu;
        if (state.state !== 'S') isAsleep = false;
        if (moved || this.#cpu[process] === undefined) this.#cpu[process] = state.cpu;
        const dead = state.state === 'Z' || state.state === 'X';
        if (!running && !controlled && this.#sleepsInKernel(process, state.state)) {
          this.#cpu.length = 0;
          return { process, how: 'hangs' };
        }
        const patience = !running ? LEAVE : controlled ? HANG : HANG * 4;
        if (dead || state.cpu - this.#cpu[process] > patience) {
          this.#cpu.length = 0;
          return { process, how: dead ? 'died' : 'hangs' };
        }
      }
      still = moved || cpu !== computed || !isAsleep ? 0 : still + 1;
      computed = cpu;
      if (controlled && still > STALLED) {
        throw new Stalled(
          'a run stands still and the gate does not know why. This is a defect of the lab; please report it.',
        );
      }
    }
  }

  /** Whether process `p` was killed as the schedule has it, and need not go on. */
  #isKilled(p: number): boolean {
    const isReal = (this.#words[Run.FLAGS] & (Flag.EXACT | Flag.POSITIONS)) !== 0;
    return isReal && Atomics.load(this.#words, slotOf(p) + Slot.STATUS) === Status.KILLED;
  }

  /** Ends a free run from outside and wakes whoever sleeps. */
  #end(how: number, processes: number): void {
    Atomics.compareExchange(this.#words, Run.STATE, Ending.RUNNING, how);
    this.#wake(processes);
  }

  /** Wakes whoever sleeps in a free run, so that it sees that the run is over. */
  #wake(processes: number): void {
    for (let p = 0; p < processes; p++) {
      const word = Atomics.load(this.#words, slotOf(p) + Slot.SLEEPS_ON);
      if (word !== 0) this.#segment.futex.wake(this.#segment.address + word * 4, ALL);
    }
  }

  /**
   * '' unless every process has ended or sleeps for something that is not there, and somebody sleeps. Else the
   * sleeps so far: the same in two looks, nobody woke in between, and nobody is left to wake anyone. It begins with
   * `AWAITS` where something may still arrive.
   */
  #asleep(pids: readonly number[]): string {
    const words = this.#words;
    let sleeps = '';
    let awaits = '';
    for (const [p, pid] of pids.entries()) {
      const slot = slotOf(p);
      const status = Atomics.load(words, slot + Slot.STATUS);
      if (status === Status.DONE || status === Status.CRASHED) continue;
      if (status !== Status.STANDING) return '';
      const operation = operations[words[slot + Slot.OPERATION]];
      if (operation.giveUp !== undefined) return '';
      if (operation.ready(this.#data, words[slot + Slot.AT], p, words[slot + Slot.ARGUMENT])) return '';
      if (operation.late) awaits = AWAITS;
      sleeps += `${p}:${words[slot + Slot.SLEEPS]};`;
      if (operation.span !== 'kernel') continue;
      if (processState(pid).state !== 'S') return '';
      const asleep = asleepFor(pid);
      if (asleep === undefined) return '';
      sleeps += `${asleep};`;
    }
    return awaits + sleeps;
  }

  /** Whether process `p` waits in a call on a kernel object: the end of the run does not wake it. */
  #sleepsInKernel(p: number, state: string): boolean {
    const slot = slotOf(p);
    const stands = Atomics.load(this.#words, slot + Slot.STATUS) === Status.STANDING;
    return stands && state === 'S' && operations[this.#words[slot + Slot.OPERATION]].span === 'kernel';
  }

  #kilosteps(processes: number): number {
    let sum = 0;
    for (let p = 0; p < processes; p++) sum += this.#words[slotOf(p) + Slot.KILOSTEPS];
    return sum;
  }

  #resetKilosteps(processes: number): void {
    for (let p = 0; p < processes; p++) this.#words[slotOf(p) + Slot.KILOSTEPS] = 0;
  }
}
