/** What was measured of one mechanism, with messages of one size. */
export interface Sample {
  /** Of a message. */
  readonly bytes: number;
  /** Microseconds of a round trip: half of them took no longer, and 99 of 100. */
  readonly median: number;
  readonly p99: number;
  /** Messages a second, one way, one after the other. */
  readonly rate: number;
}

/** Sizes of messages, in bytes. */
export const SIZES = [1, 16, 256, 4_096, 65_536, 1_048_576] as const;

/** Of round trips that took so many microseconds each. */
export function percentiles(times: readonly number[]): { median: number; p99: number } {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { median: at(0.5), p99: at(0.99) };
}
