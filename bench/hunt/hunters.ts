// Those who compete on the scoreboard: every strategy by itself, and the portfolio, as a check draws from it.
import { Draw } from '../../harness/hunt/draw.ts';
import { mixes, weightsOf } from '../../harness/hunt/mixes.ts';
import { unprescribed } from '../../harness/schedule/strategies.ts';
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

const weights = weightsOf(mixes.all);

export const portfolio: Hunter = {
  name: 'portfolio',
  // As the first schedule of a hunt with that seed.
  draw: (drawn) => new Draw(weights, drawn).to(0).strategy,
};

export const hunters: readonly Hunter[] = [...unprescribed.map(alone), portfolio];
