// A proof of one case: all that can happen in it, in the model, and what fails in as few switches as can be.
import { everyRun } from './every-run.ts';
import { everyState } from './every-state.ts';
import { type Failure, failureOf } from './failure.ts';
import { fewest } from './fewest.ts';
import type { ProofOrder, ProofResult } from './model-orders.ts';
import type { Stage } from './stage.ts';
import { Witnesses } from './witnesses.ts';

/** Steps after which the runs are given up: half a second or so. */
const PROOF_STEPS = 1_000_000;
/** Further steps, over the states of what was given up, or for fewer switches: so many for each run, and in all. */
const STEPS_A_RUN = 170;
const MORE_STEPS = 500_000;

/**
 * Plays every run of the case that differs from the others, until one fails or `most` were played; then its states, if
 * runs are too many. What fails is handed on with the fewest preemptive switches that can be found soon. The steps are
 * what counts; the clock, `isLate`, only sees to it that an answer comes at all. Throws Unmodelled.
 */
export function prove(stage: Stage, order: ProofOrder, isLate: () => boolean): ProofResult {
  const explored = everyRun(stage, order, (steps) => steps > PROOF_STEPS || isLate());
  if (order.countFailures) return explored;
  const enough = Math.min(MORE_STEPS, order.most * STEPS_A_RUN);
  const isOver = (steps: number): boolean => steps > enough || isLate();
  const { failure, isCut } = explored;
  if (failure !== undefined) return { ...explored, failure: withFewest(stage, failure, isOver) };
  return isCut ? byStates(stage, explored, isOver) : explored;
}

function withFewest(stage: Stage, failure: Failure, isOver: (steps: number) => boolean): Failure {
  const found = fewest(stage, failure.switches, isOver);
  return found ? failureOf(found.view, found.judgement, stage.world) : failure;
}

function byStates(stage: Stage, explored: ProofResult, isOver: (steps: number) => boolean): ProofResult {
  const { deaths, judge, problem, world } = stage;
  if (explored.race || problem.memory === 'tso') return explored;
  if (deaths !== 'none') return explored; // that search knows nothing of them
  const witnesses = new Witnesses(judge);
  const { failed, ...played } = everyState(stage, (view) => witnesses.note(view, world), isOver);
  const both: ProofResult = {
    ...explored,
    proved: played.proved,
    states: played.states,
    runs: explored.runs + played.runs,
    steps: explored.steps + played.steps,
    witnesses: [...explored.witnesses, ...witnesses.reached],
  };
  if (failed === undefined) return both;
  const failure = withFewest(stage, failureOf(failed.view, failed.judgement, world), isOver);
  return { ...both, failures: 1, failure, strategy: 'exhaustive' };
}
