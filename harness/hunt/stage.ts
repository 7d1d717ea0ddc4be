// What a search needs to play runs of the case that was entered, and to judge them.
import { executed } from '../check/executed.ts';
import type { Judge } from '../check/judge.ts';
import type { Judgement } from '../check/judgement.ts';
import type { RunView } from '../check/run-view.ts';
import type { Deaths } from '../model/node.ts';
import type { Player } from '../model/player.ts';
import { faultsOf } from '../problem/faults.ts';
import type { AnyProblem, Case } from '../problem/problem.ts';
import type { Board } from '../process/board.ts';
import type { Moves } from '../schedule/schedule.ts';
import type { Strategy } from '../schedule/strategy.ts';

/** A run that fails, valid until the next one is played. */
export interface Failed {
  readonly view: RunView;
  readonly judgement: Judgement;
}

export interface Stage {
  readonly board: Board;
  readonly player: Player;
  readonly problem: AnyProblem;
  readonly case: Case;
  readonly judge: Judge;
  readonly processes: number;
  /** The seed of the processes' own random numbers. */
  readonly world: number;
  /** For each event of the problem, whether its place among the events of others matters to a judge. */
  readonly related: readonly boolean[];
  /** Whether processes may be killed. */
  readonly deaths: Deaths;
  /** Plays one run. Its view is valid until the next one. Throws Unmodelled. */
  play(search: Strategy): RunView;
  /** Plays moves, leniently, and `longest` steps at most. Its view is valid until the next one. Throws Unmodelled. */
  follow(moves: Moves, longest?: number): RunView;
  /** Plays a run that begins like this and goes on without a preemptive switch; undefined where it does not fail. */
  finish(moves: Moves): Failed | undefined;
}

/** The run that a search has just played, to its end: where it was pruned, undefined if it does not fail after all. */
export const inFull = (
  stage: Stage,
  search: { readonly isPruned: boolean },
  failed: Failed,
): Failed | undefined => (search.isPruned ? stage.finish(executed(failed.view)) : failed);

/** Whether processes are killed in the case, and whether the specification looks at that. */
export function deathsIn(problem: AnyProblem, c: Case): Deaths {
  if (faultsOf(problem, c) === undefined) return 'none';
  return problem.specification.whenKilled === undefined ? 'unseen' : 'seen';
}

/** For each event of the problem, whether its place among the events of others matters to a judge. */
export function relatedEvents({ specification }: AnyProblem): boolean[] {
  const { events, linearizable } = specification;
  const timed = Object.values(linearizable?.operations ?? {}).flatMap((o) => [o.called, o.returned]);
  return Object.entries(events).map(
    ([name, { rules, then }]) => rules !== undefined || then !== undefined || timed.includes(name),
  );
}
