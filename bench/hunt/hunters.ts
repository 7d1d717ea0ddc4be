// Those who compete on the scoreboard: every strategy by itself, and the portfolio, as a check draws from it.
import { mixes } from '../../harness/hunt/mixes.ts';
import { below, mix, seed } from '../../harness/schedule/generator.ts';
import { lenientReplay, replay } from '../../harness/schedule/replay.ts';
import { strategies } from '../../harness/schedule/strategies.ts';
import type { Strategy } from '../../harness/schedule/strategy.ts';
import { uniform } from '../../harness/schedule/uniform.ts';

export interface Hunter {
  readonly name: string;
  /** The strategy of a schedule. `first`: it is the pilot, and nothing is known yet. */
  draw(drawn: number, first: boolean): Strategy;
}

/** A random walk is the pilot run that tells a strategy what it needs to know. */
const alone = (strategy: Strategy): Hunter => ({
  name: strategy.name,
  draw: (_drawn, first) => (first ? uniform : strategy),
});

const weighted = mixes.all.flatMap(([strategy, weight]) => new Array<Strategy>(weight).fill(strategy));
const random = new Int32Array(2);

export const portfolio: Hunter = {
  name: 'portfolio',
  draw(drawn) {
    seed(random, 0, mix(drawn)); // not what the strategy itself is seeded with
    return weighted[below(random, 0, weighted.length)];
  },
};

export const hunters: readonly Hunter[] = [
  ...strategies.filter((s) => s !== replay && s !== lenientReplay).map(alone),
  portfolio,
];
