// What the schedules of a hunt are drawn from: a mix of strategies and a seed. Model and processes draw the same.
import { below, bits, mix, seed } from '../schedule/generator.ts';
import { strategies } from '../schedule/strategies.ts';
import type { Strategy } from '../schedule/strategy.ts';

/** Strategies, by their index, and how often each is drawn: a mix as it is handed to another process. */
export type Weights = readonly (readonly [strategy: number, weight: number])[];

/** Different seeds of the processes' own random numbers: enough that what goes wrong for few of them is seen. */
const WORLDS = 1024;

/** The seed of the processes' own random numbers in run `n`, or in the run with seed `n`. */
export const worldOf = (n: number): number => n % WORLDS;

/** Draws schedule after schedule; any of them by its number, whatever was drawn before. */
export class Draw {
  strategy!: Strategy;
  /** What the strategy is seeded with. */
  seed = 0;
  world = 0;
  readonly #weights: Weights;
  readonly #total: number;
  readonly #from: number;
  readonly #random = new Int32Array(2);

  constructor(weights: Weights, from: number) {
    this.#weights = weights;
    this.#total = weights.reduce((sum, [, weight]) => sum + weight, 0);
    this.#from = mix(from);
  }

  /** Draws schedule `number`. */
  to(number: number): this {
    const random = this.#random;
    seed(random, 0, this.#from + number);
    this.strategy = strategies[this.#at(below(random, 0, this.#total))];
    this.seed = bits(random, 0) & 0x7fffffff;
    this.world = worldOf(this.seed);
    return this;
  }

  /** The strategy at `place` of the weights laid end to end. */
  #at(place: number): number {
    let left = place;
    for (const [index, weight] of this.#weights) {
      if (left < weight) return index;
      left -= weight;
    }
    return this.#weights[0][0];
  }
}
