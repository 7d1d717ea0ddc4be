import { digest } from '../check/digest.ts';
import { executed, preemptions } from '../check/executed.ts';
import { type Judgement, keyOf } from '../check/judgement.ts';
import type { RunView } from '../check/run-view.ts';
import type { Moves } from '../schedule/schedule.ts';

/** What a failing run is remembered by. */
export interface Failure {
  readonly key: string;
  readonly world: number;
  readonly moves: Moves;
  readonly switches: number;
  readonly steps: number;
  readonly exact: number;
}

/** What to remember of the controlled run in `view`, which fails as `judgement` says. */
export const failureOf = (view: RunView, judgement: Judgement, world: number): Failure => ({
  key: keyOf(judgement),
  world,
  moves: executed(view),
  switches: preemptions(view),
  steps: view.outcome.steps,
  exact: digest(view).exact,
});

/** Whether `a` is a simpler failure than `b`. */
export const isSimpler = (a: Failure, b: Failure): boolean =>
  a.switches < b.switches || (a.switches === b.switches && a.steps < b.steps);
