// What becomes of a failure in the model before it is handed on: it loses the seed of its own, if that will do; a run
// without an end becomes a loop, if there is one; others become simpler move by move; and last, where what is left is
// short enough, there may be another run that fails alike with fewer switches.
import { executed } from '../check/executed.ts';
import { type Judgement, keyOf } from '../check/judgement.ts';
import { recurrences } from '../check/recurrences.ts';
import type { Moves } from '../schedule/schedule.ts';
import { type Failure, failureOf } from './failure.ts';
import { fewest } from './fewest.ts';
import { lasso, type PlayedMoves } from './lasso.ts';
import { longestOf, shrink } from './shrink.ts';
import type { Stage } from './stage.ts';

/** A longer run is as simple as it is: a loop without end. */
const LONG = 2_000;
/** Steps that the search for fewer switches may play, once a failure is simple, and milliseconds that it may take. */
const FEWEST_STEPS = 300_000;
const FEWEST_TIME = 1_000;

/**
 * The simplest form of `failure` that is found. Throws Unmodelled.
 * @param stageIn the stage of its case, where the processes' own random numbers have this seed
 */
export function simplest(failure: Failure, stageIn: (world: number) => Stage): Failure {
  // Without a seed of its own, if that will do.
  const plain = failure.world === 0 ? failure : playOn(stageIn(0))(failure.moves).failure;
  const given = plain?.key === failure.key ? plain : failure;
  const { world } = given;
  const stage = stageIn(world);
  const { board, processes } = stage;
  const play = playOn(stage);
  const round = given.steps > LONG ? lasso(given, processes, play) : undefined;
  const simple = round ?? shrink(given, processes, play);
  if (simple.steps > LONG) return simple;
  const { now } = board.host;
  const until = now() + FEWEST_TIME;
  const isOver = (steps: number): boolean => steps > FEWEST_STEPS || now() > until;
  const isSame = (judgement: Judgement): boolean => keyOf(judgement) === failure.key;
  const found = fewest(stage, simple.switches, isOver, isSame, longestOf(simple.steps));
  return found ? shrink(failureOf(found.view, found.judgement, world), processes, play) : simple;
}

const playOn =
  ({ judge, world, follow }: Stage) =>
  (moves: Moves, longest?: number): PlayedMoves => {
    const view = follow(moves, longest);
    const { steps } = view.outcome;
    // A run that was broken off has come to nothing: alone it would have gone on.
    const judgement = steps === longest ? undefined : judge.judge(view);
    return {
      failure: judgement && failureOf(view, judgement, world),
      steps,
      moves: () => executed(view),
      recurrences: () => recurrences(view),
    };
  };
