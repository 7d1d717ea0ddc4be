// A strategy decides, step by step, which process moves next. It runs inside whichever process is at the gate, so
// all that it remembers lies in shared words: `state`, STRATEGY_WORDS of its own, then the prescribed schedule.
import type { Profile } from './profile.ts';

/** What a strategy may know when a run begins. */
export interface RunShape {
  readonly processes: number;
  readonly seed: number;
  /** Steps that such a run is likely to take; 0 where nothing is known. */
  readonly length: number;
  /** What a pilot run of the same case told. `begin` copies what it needs. */
  readonly profile?: Profile | undefined;
}

/** The step that each process has announced, as far as strategies care. */
export interface Announced {
  /** The shared object it is about; -1 where it is about none (an event, a pause). */
  object(process: number): number;
  /** The element, for arrays; else 0. */
  index(process: number): number;
  /** Whether it may change the object; two steps that only read it commute. */
  writes(process: number): boolean;
  /** Whether its place among the steps of others matters even where no two processes race for plain data. */
  synchronises(process: number): boolean;
}

/** What stands for the process that moved last where nobody can go on, unless somebody is killed. */
export const STUCK = -2;

export interface Strategy {
  readonly name: string;
  /**
   * Whether it chooses among those who kill as among those who move: it follows what is prescribed, or tries everything.
   * Default false: then who is killed when is drawn without it.
   */
  readonly kills?: boolean;
  /** A new run begins. */
  begin(state: Int32Array, run: RunShape): void;
  /**
   * The process that moves next.
   * @param enabled the processes that can move, in ascending order; the first `count` of it. At least one.
   * @param current the process that moved last if it can go on, else -1. STUCK, for strategies that choose kills: then
   *   these are all there is to choose, or -1 to let the run end
   * @param step steps taken so far
   * @param announced the steps that the processes are about to take
   * @returns one of `enabled`, or -1 where a prescribed schedule does not fit
   */
  next(
    state: Int32Array,
    enabled: Int32Array,
    count: number,
    current: number,
    step: number,
    announced: Announced,
  ): number;
  /** A number from 0 to `n` - 1: which of `n` ways a step is taken; -1 where a prescribed schedule does not fit. */
  choose(state: Int32Array, n: number): number;
}
