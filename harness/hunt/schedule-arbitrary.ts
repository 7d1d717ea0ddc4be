// Schedules as fast-check's values. A random one is a strategy and a seed; once it has failed it is the moves that
// were really made, and those shrink: to fewer preemptive switches first, then to fewer steps.
import fc from 'fast-check';
import { compact, decodeTake, isTake, type Moves, take } from '../schedule/schedule.ts';
import type { Strategy } from '../schedule/strategy.ts';
import { worldOf } from './draw.ts';
import type { Mix } from './mixes.ts';

/** A schedule to try. */
export interface Trial {
  readonly strategy: Strategy;
  readonly seed: number;
  readonly world: number;
  /** Where it is a simpler form of a failing one: the moves to follow, leniently. */
  readonly moves?: Moves;
  /** Filled in when it fails: what it must beat from now on. */
  failed?: {
    readonly moves: Moves;
    readonly switches: number;
    readonly steps: number;
    readonly processes: number;
    /** Whether shrinking has cost enough: then nothing simpler is offered any more. */
    enough(): boolean;
  };
}

const ALL_STEPS = 65_535;

export class ScheduleArbitrary extends fc.Arbitrary<Trial> {
  readonly #mix: Mix;
  readonly #total: number;
  readonly #simplest: Strategy;
  #first: Trial | undefined;

  /** @param first what is tried before anything is drawn */
  constructor(mix: Mix, simplest: Strategy, first?: Trial) {
    super();
    this.#first = first;
    this.#mix = mix;
    this.#total = mix.reduce((sum, [, weight]) => sum + weight, 0);
    this.#simplest = simplest;
  }

  override generate(random: fc.Random): fc.Value<Trial> {
    if (this.#first !== undefined) {
      const first = this.#first;
      this.#first = undefined;
      return new fc.Value(first, undefined);
    }
    let drawn = random.nextInt(1, this.#total);
    let strategy = this.#mix[0][0];
    for (const [candidate, weight] of this.#mix) {
      strategy = candidate;
      drawn -= weight;
      if (drawn <= 0) break;
    }
    const seed = random.nextInt(0, 0x7fffffff);
    return new fc.Value({ strategy, seed, world: worldOf(seed) }, undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is Trial {
    return false;
  }

  override shrink(trial: Trial): fc.Stream<fc.Value<Trial>> {
    const { failed } = trial;
    if (failed === undefined) return fc.Stream.nil();
    const simplest = this.#simplest;
    function* candidates(): IterableIterator<fc.Value<Trial>> {
      const from = failed as NonNullable<Trial['failed']>;
      for (const moves of simpler(from.moves, from.switches, from.processes)) {
        if (from.enough()) return;
        yield new fc.Value(
          { strategy: simplest, seed: 0, world: trial.world, moves, failed: from },
          undefined,
        );
      }
    }
    return fc.stream(candidates());
  }
}

/** Moves that may show the same with less, most promising first. */
export function* simpler(moves: Moves, switches: number, processes: number): Generator<Moves> {
  const segments = compact(moves);
  const order = (first: readonly number[]): number[] => [
    ...first,
    ...Array.from({ length: processes }, (_, p) => p).filter((p) => !first.includes(p)),
  ];
  const whole = (list: readonly number[]): Moves => list.map((p) => take(p, ALL_STEPS));
  const taken = new Array<number>(processes).fill(0);
  for (const s of segments) if (isTake(s)) taken[decodeTake(s).process] += decodeTake(s).steps;
  // No preemption at all: one process after the other.
  if (switches > 0) {
    for (let p = 0; p < processes; p++) yield whole(order([p]));
    for (let p = 0; p < processes; p++) yield whole(order([p]).reverse());
  }
  // A single one: p moves k steps, then q goes on as far as it can, then the others.
  if (switches > 1) {
    let tried = 0;
    for (let k = 1; k <= Math.max(...taken) && tried < 1500; k++) {
      for (let p = 0; p < processes; p++) {
        if (k > taken[p]) continue;
        for (let q = 0; q < processes; q++) {
          if (q === p) continue;
          tried++;
          yield [take(p, k), ...whole(order([q]).filter((r) => r !== p)), take(p, ALL_STEPS)];
        }
      }
    }
  }
  // Leave out stretches: halves first, then quarters …, then single segments.
  for (let size = segments.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < segments.length; at += size) {
      yield [...segments.slice(0, at), ...segments.slice(at + size)];
    }
  }
  // Let a process go on as far as it can instead of being preempted.
  for (let i = 0; i < segments.length; i++) {
    if (!isTake(segments[i])) continue;
    const { process } = decodeTake(segments[i]);
    yield [...segments.slice(0, i), take(process, ALL_STEPS), ...segments.slice(i + 1)];
    const next = segments.findIndex((s, j) => j > i && isTake(s) && decodeTake(s).process === process);
    if (next > 0) {
      const together = take(process, decodeTake(segments[i]).steps + decodeTake(segments[next]).steps);
      yield [...segments.slice(0, i), together, ...segments.slice(i + 1, next), ...segments.slice(next + 1)];
      yield [...segments.slice(0, i), ...segments.slice(i + 1, next), together, ...segments.slice(next + 1)];
    }
  }
  // The beginning only; behind it everyone goes on as it comes.
  for (let n = 0; n < segments.length; n++) yield segments.slice(0, n);
}
