// What the explorer leaves open after its share of steps is looked at once more by its states: few of them may stand
// for many runs.
import type { RunView } from '../check/run-view.ts';
import { StateSearch } from '../model/state-search.ts';
import { WorldState } from '../model/world-state.ts';
import { type Failed, inFull, type Stage } from './stage.ts';

export interface StatesPlayed {
  /** Whether all states were visited, and no rule is broken in any. */
  readonly proved: boolean;
  readonly states: number;
  readonly runs: number;
  readonly steps: number;
  /** The run that breaks a rule, valid until the next one is played. */
  readonly failed?: Failed;
}

/**
 * Visits every state of the case until a run fails, or `isOver` says of the steps so far that they are enough.
 * `note` is called after each run was judged. Throws Unmodelled.
 */
export function everyState(
  stage: Stage,
  note: (view: RunView) => void,
  isOver: (steps: number) => boolean,
): StatesPlayed {
  const { board, player, problem, processes, related } = stage;
  const races = problem.races !== 'allowed';
  const world = new WorldState(problem, stage.case);
  const search = new StateSearch(board, player, processes, related, world, races);
  let runs = 0;
  let steps = 0;
  const so = (proved: boolean): StatesPlayed => ({ proved, states: search.states, runs, steps });
  do {
    const view = stage.play(search);
    search.finish();
    runs++;
    steps += view.outcome.steps;
    const judgement = stage.judge.judge(view);
    note(view);
    if (judgement !== undefined && judgement.kind !== 'race') {
      const failed = inFull(stage, search, { view, judgement });
      return { ...so(false), ...(failed && { failed }) };
    }
    if (isOver(steps) || player.asksTime || player.drewLots) return so(false);
  } while (search.advance());
  return so(search.givenUp === undefined);
}
