// A named figure of the lab: how it is taken, what it is compared with, and what is wanted of it.
import type { Peer } from './peers/build.ts';

export interface Measurement {
  readonly name: string;
  /** What the figure says, in one sentence. */
  readonly says: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  /** The bound: of the ratio ours / peer where there is a peer, else of ours, in `unit`. */
  readonly wanted: number;
  /** The program in C that does the same. Its value has the same unit. */
  readonly peer?: Peer;
  /** Takes the figure once, and leaves no process behind. */
  ours(): Promise<number>;
}

/** What a measurement came to. */
export interface Result {
  readonly name: string;
  readonly says: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  readonly wanted: number;
  /** What `wanted` bounds. */
  readonly bounds: 'ours' | 'ratio';
  /** Median; null where it could not be taken. */
  readonly ours: number | null;
  /** Median; null where there is no peer, or it could not be compiled. */
  readonly peer: number | null;
  /** ours / peer of the medians. */
  readonly ratio: number | null;
  readonly verdict: 'ok' | 'short' | 'unknown';
  readonly samples: { readonly ours: readonly number[]; readonly peer: readonly number[] };
  /** Why it could not be taken. */
  readonly error?: string;
}
