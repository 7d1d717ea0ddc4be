// What a session asks of the model, and what it is told: plain data, since the model plays in another process.
import type { Moves } from '../schedule/schedule.ts';
import type { Weights } from './draw.ts';
import type { Failure } from './failure.ts';

/** So many schedules of the case that was entered. */
export interface ModelOrder {
  readonly what: 'hunt';
  readonly schedules: number;
  readonly seed: number;
  readonly mix: Weights;
  /** Only this finding counts. */
  readonly key?: string;
  /** A witness: the hunt ends where it is reached. */
  readonly until?: string;
  /** Whether to begin with deadlocks that a quiet run foretells. Default false. */
  readonly foretell?: boolean;
  /** The first of them to be played; the others were played before. Default 0. */
  readonly from?: number;
}

export interface ModelResult {
  readonly schedules: number;
  readonly steps: number;
  /** Digests of the traces, blind to the order of independent steps. */
  readonly traces: readonly number[];
  /** For each witness that was reached, the first run that did. */
  readonly witnesses: readonly { sentence: string; world: number; moves: Moves }[];
  readonly failure?: Failure;
  readonly strategy?: string;
  /** The first run with a data race and no damage, and the strategy that found it. */
  readonly race?: { readonly failure: Failure; readonly strategy: string };
  /** The first schedule that is still to be played, where the time for one answer was up. */
  readonly next?: number;
  /** Why the solution cannot be modelled. */
  readonly unmodelled?: string;
}

/** Every run of the case that was entered, with one seed of the processes' own random numbers. */
export interface ProofOrder {
  readonly what: 'prove';
  /** Runs to be played at most. */
  readonly most: number;
  readonly world: number;
  /** Whether to go on after a run that fails, and count all that do. Default false. */
  readonly countFailures?: boolean;
}

export interface ProofResult {
  /** Whether all were played and none fails. */
  readonly proved: boolean;
  /** Runs that differ in more than the order of independent steps. */
  readonly traces: number;
  /** Different states, where the case was gone over by its states since there are too many runs. */
  readonly states?: number;
  /** Whether there were more runs than are played. */
  readonly isCut?: boolean;
  /** Of the traces, those that fail, races aside: one at most, unless all are counted. */
  readonly failures: number;
  /** All that were played, with those given up since they are like one before. */
  readonly runs: number;
  readonly steps: number;
  /** How much of the whole was played, from 0 to 1: a guess. */
  readonly progress: number;
  readonly witnesses: ModelResult['witnesses'];
  readonly failure?: Failure;
  readonly strategy?: string;
  readonly race?: NonNullable<ModelResult['race']>;
  readonly unmodelled?: string;
}

/** The simplest form of a failing run of the case that was entered. */
export interface ShrinkOrder {
  readonly what: 'shrink';
  readonly failure: Failure;
}

export interface ShrinkResult {
  readonly failure?: Failure;
  readonly unmodelled?: string;
}

/** Certain runs, to be held against those of processes. */
export interface RunsOrder {
  readonly what: 'runs';
  readonly runs: readonly {
    strategy: number;
    seed: number;
    world: number;
    moves?: Moves;
    length?: number;
  }[];
}

/** How a run ended, and the digest of its trace. */
export type RunDigest = { ending: number; by: number; steps: number; exact: number } | { unmodelled: string };
