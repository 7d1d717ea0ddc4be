// A strategy decides, step by step, which process moves next. It runs inside whichever process is at the gate, so
// all that it remembers lies in shared words: `state`, STRATEGY_WORDS of its own, then the prescribed schedule.

/** What a strategy may know when a run begins. */
export interface RunShape {
  readonly processes: number;
  readonly seed: number;
  /** Steps that such a run is likely to take; 0 where nothing is known. */
  readonly length: number;
}

export interface Strategy {
  readonly name: string;
  /** A new run begins. */
  begin(state: Int32Array, run: RunShape): void;
  /**
   * The process that moves next.
   * @param enabled the processes that can move, in ascending order; the first `count` of it. At least one.
   * @param current the process that moved last if it can go on, else -1
   * @param step steps taken so far
   * @returns one of `enabled`, or -1 where a prescribed schedule does not fit
   */
  next(state: Int32Array, enabled: Int32Array, count: number, current: number, step: number): number;
  /** A number from 0 to `n` - 1: which of `n` ways a step is taken; -1 where a prescribed schedule does not fit. */
  choose(state: Int32Array, n: number): number;
}
