// Deadlocks that two quiet runs foretell, tried at once: what does not come true is never told.
import { type Judgement, keyOf } from '../check/judgement.ts';
import { foretold } from '../check/lock-order.ts';
import { Ending, type RunView } from '../check/run-view.ts';
import type { Order } from '../process/order.ts';
import { lenientReplay } from '../schedule/replay.ts';
import { uniform } from '../schedule/uniform.ts';
import { type Failure, failureOf } from './failure.ts';

/** The name that stands for it where a strategy is told. */
export const LOCK_ORDER = 'lock-order';

/**
 * A deadlock in the case that was entered; undefined where none was foretold, or none came true.
 * @param play plays and judges a run; undefined where a process was lost in it
 * @param key only this finding counts
 */
export function foresee(
  play: (order: Order) => { readonly view: RunView; readonly judgement: Judgement | undefined } | undefined,
  seed: number,
  key?: string,
): Failure | undefined {
  const pilots: readonly Order[] = [
    { mode: 'controlled', seed: 0, strategy: lenientReplay, moves: [] },
    { mode: 'controlled', seed, strategy: uniform },
  ];
  const tried = new Set<string>();
  for (const pilot of pilots) {
    const quiet = play(pilot);
    if (quiet === undefined) return undefined;
    if (quiet.view.outcome.ending !== Ending.FINISHED) continue;
    for (const moves of foretold(quiet.view)) {
      const text = moves.join(' ');
      if (tried.has(text)) continue;
      tried.add(text);
      const played = play({ mode: 'controlled', seed: 0, strategy: lenientReplay, moves });
      if (played === undefined) return undefined;
      const { view, judgement } = played;
      if (judgement?.kind === 'deadlock' && (key === undefined || keyOf(judgement) === key))
        return failureOf(view, judgement, 0);
    }
  }
  return undefined;
}
