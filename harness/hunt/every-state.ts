// What the explorer leaves open after its share of steps is looked at once more by its states: few of them may stand
// for many runs. First by what roles hold, which leaves fewest states; where that leads round in a circle, or cannot be
// modelled, by all that they were told.
import type { RunView } from '../check/run-view.ts';
import { StateSearch } from '../model/state-search.ts';
import { Unmodelled } from '../model/suspend.ts';
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

/** What has been played so far. */
interface Played {
  runs: number;
  steps: number;
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
  const played: Played = { runs: 0, steps: 0 };
  const held = visit(stage, played, note, isOver, true);
  return held ?? (visit(stage, played, note, isOver, false) as StatesPlayed);
}

/** The same, by what roles hold or by what they were told; undefined where the former does not lead to an end. */
function visit(
  stage: Stage,
  played: Played,
  note: (view: RunView) => void,
  isOver: (steps: number) => boolean,
  held: boolean,
): StatesPlayed | undefined {
  const { board, player, problem, processes, related } = stage;
  const races = problem.races !== 'allowed';
  const world = new WorldState(problem, stage.case);
  const parts = held ? { holders: player.holders } : {};
  const search = new StateSearch(board, player, processes, related, world, races, parts);
  const so = (proved: boolean): StatesPlayed => ({ proved, states: search.states, ...played });
  player.holds = held;
  try {
    do {
      const view = stage.play(search);
      search.finish();
      played.runs++;
      played.steps += view.outcome.steps;
      const judgement = stage.judge.judge(view);
      note(view);
      if (judgement !== undefined && judgement.kind !== 'race') {
        player.holds = false;
        const failed = inFull(stage, search, { view, judgement });
        return { ...so(false), ...(failed && { failed }) };
      }
      if (isOver(played.steps) || player.asksTime || player.drewLots) return so(false);
    } while (search.advance());
  } catch (e) {
    if (held && e instanceof Unmodelled) return undefined; // a role changes what it was given
    throw e;
  } finally {
    player.holds = false;
  }
  return search.givenUp === 'circle' ? undefined : so(search.givenUp === undefined);
}
