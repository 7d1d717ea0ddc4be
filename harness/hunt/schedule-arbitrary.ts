// Schedules as fast-check's values. A random one is a strategy and a seed; once it has failed it is the moves that
// were really made, and those shrink: to fewer preemptive switches first, then to fewer steps.
import fc from 'fast-check';
import type { Moves } from '../schedule/schedule.ts';
import { simpler } from '../schedule/simpler.ts';
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
