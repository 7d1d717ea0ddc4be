// Once a case is known to fail: the run that fails with the fewest preemptive switches, so that what is handed on is
// as short a story as there is.
import { preemptions } from '../check/executed.ts';
import type { Judgement } from '../check/judgement.ts';
import { FewestSwitches } from '../model/fewest-switches.ts';
import { WorldState } from '../model/world-state.ts';
import { type Failed, inFull, type Stage } from './stage.ts';

/**
 * A run that fails with fewer than `switches` preemptive switches, and with as few as any. Undefined where there is
 * none that `counts`, or where `isOver` says of the steps so far that they are enough before it was found. Throws Unmodelled.
 */
export function fewest(
  stage: Stage,
  switches: number,
  isOver: (steps: number) => boolean,
  counts = ({ kind }: Judgement): boolean => kind !== 'race',
  longest?: number,
): Failed | undefined {
  if (switches === 0 || stage.deaths !== 'none') return undefined; // the search knows nothing of deaths
  const { board, player, problem, processes, related } = stage;
  const world = new WorldState(problem, stage.case);
  const buffered = problem.memory === 'tso';
  const search = new FewestSwitches(board, player, processes, related, world, buffered, longest);
  let steps = 0;
  do {
    if (search.switches >= switches) return undefined;
    const view = stage.play(search);
    search.finish();
    steps += view.outcome.steps;
    const judgement = stage.judge.judge(view);
    if (judgement !== undefined && counts(judgement)) {
      const found = inFull(stage, search, { view, judgement });
      return found && counts(found.judgement) && preemptions(found.view) < switches ? found : undefined;
    }
    if (isOver(steps) || player.asksTime || player.drewLots) return undefined;
  } while (search.advance());
  return undefined;
}
