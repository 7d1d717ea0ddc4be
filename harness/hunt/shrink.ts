// Makes a schedule that fails simpler, as long as something simpler fails in the same way.
import type { Moves } from '../schedule/schedule.ts';
import { simpler } from '../schedule/simpler.ts';
import { type Failure, isSimpler } from './failure.ts';
import type { PlayedMoves } from './lasso.ts';

/** Steps that shrinking may play: half a second or so. */
const SHRINK_STEPS = 600_000;

/** Steps of a simpler run than one of `steps`, at most: it may take more, but one that takes more yet goes round. */
export const longestOf = (steps: number): number => 2 * steps + 20;

/**
 * The simplest form of `failure` that is found: with the fewest preemptive switches, then the fewest steps.
 * @param play plays moves, leniently and for so many steps at most; the failure to which they come, and the steps that it took
 */
export function shrink(
  failure: Failure,
  processes: number,
  play: (moves: Moves, longest: number) => PlayedMoves,
): Failure {
  let best = failure;
  for (let left = SHRINK_STEPS; ; ) {
    let better: Failure | undefined;
    for (const moves of simpler(best.moves, best.switches, processes)) {
      if (left <= 0) return best;
      const { failure: other, steps } = play(moves, longestOf(best.steps));
      left -= steps;
      if (other === undefined || other.key !== best.key || !isSimpler(other, best)) continue;
      better = other;
      break;
    }
    if (better === undefined) return best;
    best = better;
  }
}
