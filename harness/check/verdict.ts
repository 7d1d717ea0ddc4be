import type { Case } from '../problem/problem.ts';
import type { Finding } from './finding.ts';

/** How far the hunt went. */
export interface Explored {
  readonly cases: number;
  /** Controlled runs, with those of the model. */
  readonly schedules: number;
  /** Of these, runs of the model. */
  readonly modelled: number;
  /** Distinct traces among them. */
  readonly traces: number;
  /** Cases of which every run was played, and none fails. */
  readonly proved: readonly { readonly case: Case; readonly traces: number; readonly states?: number }[];
  /** Cases in which that was begun, with the share of the whole that was played: from 0 to 1, a guess. */
  readonly searched: readonly { readonly case: Case; readonly traces: number; readonly part: number }[];
  readonly steps: number;
  readonly seconds: number;
  /** Controlled runs a second. */
  readonly perSecond: number;
}

/** What the free runs showed. */
export interface FreeRuns {
  readonly runs: number;
  /** Items, meals … a second in the speed case; 0 where it was not measured. */
  readonly perSecond: number;
  readonly unit: string;
}

export interface Verdict {
  readonly problem: string;
  readonly title: string;
  /** The solution's file, as it was given. */
  readonly file: string;
  readonly seed: number;
  readonly verdict: 'accepted' | 'rejected' | 'error';
  readonly findings: readonly Finding[];
  readonly explored: Explored;
  readonly free: FreeRuns;
  /** What the student should know besides: a worker that was killed from outside and replaced, a cut budget. */
  readonly notes: readonly string[];
  /** The lab's own failure, where the verdict is `error`. */
  readonly error?: string;
}

/** What `check` is asked to do. */
export interface CheckRequest {
  readonly slug: string;
  /** Path of the solution. */
  readonly file: string;
  /** Default 1. The same seed gives the same verdict. */
  readonly seed?: number;
  /** Controlled runs in all. */
  readonly schedules?: number;
  /** Ends the hunt early after so many seconds; without it only the number of schedules counts. */
  readonly seconds?: number;
  readonly only?: 'controlled' | 'free';
  /** Teams side by side. Default: one for each CPU, at most 4. */
  readonly teams?: number;
  /** Only these cases. Default: chosen from the problem's parameters, smallest first. */
  readonly cases?: readonly Case[];
}

/** What is told while `check` works. */
export interface Progress {
  readonly schedules: number;
  readonly planned: number;
  readonly case: Case;
  readonly phase: 'controlled' | 'shrinking' | 'free';
}

/** One run again, step by step: what `lab replay` shows. */
export interface Replayed {
  readonly case: Case;
  /** The schedule that was really taken, complete. */
  readonly schedule: string;
  readonly finding?: Finding;
  /** The run, also where it broke no rule. */
  readonly run: Pick<Finding, 'players' | 'trace' | 'waiting' | 'steps' | 'switches'>;
  /** What student code printed with console.log, in order. */
  readonly said: readonly { readonly process: number; readonly text: string }[];
  /** More was printed than is kept. */
  readonly saidMore?: boolean;
}

/** What `lab free` shows. */
export interface FreeReport {
  readonly case: Case;
  readonly runs: number;
  readonly unit: string;
  /** Units a second, one number a run. */
  readonly perSecond: readonly number[];
  readonly findings: readonly Finding[];
}

export { BadInput } from '../problem/bad-input.ts';

/** Something that this machine lacks, or the lab's own failure. The command exits with 3. */
export class LabError extends Error {
  override readonly name = 'LabError';
}
