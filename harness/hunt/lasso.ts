// A run without an end, as short as it can be told: how it begins, and what goes round for ever then.
import { ENDLESS, goRound, type Moves, rounds, stretch, take } from '../schedule/schedule.ts';
import type { Failure } from './failure.ts';

/** A run that was played; what was really done in it can be asked until the next one is played. */
export interface PlayedMoves {
  readonly failure: Failure | undefined;
  readonly steps: number;
  moves(): Moves;
  /** Places between which it may have gone round. */
  recurrences(): readonly (readonly [from: number, to: number])[];
}

/**
 * The same failure under a schedule that goes round; undefined where none of those tried shows it. What goes round
 * is tried out: it is the same failure only if it fails in the same way until the run is given up.
 * @param play plays moves, leniently
 */
export function lasso(
  failure: Failure,
  processes: number,
  play: (moves: Moves) => PlayedMoves,
): Failure | undefined {
  if (rounds(failure.moves) !== undefined) return failure;
  // Everybody in turn: the shortest there is, if it shows it.
  const turns = Array.from({ length: ENDLESS }, (_, i) => take(i % processes, 1));
  for (const moves of [turns, failure.moves]) {
    const played = play(moves);
    const done = played.moves();
    for (const [from, to] of played.recurrences()) {
      const found = play(goRound(stretch(done, 0, from), stretch(done, from, to))).failure;
      if (found?.key === failure.key && rounds(found.moves) !== undefined) return found;
    }
  }
  return undefined;
}
