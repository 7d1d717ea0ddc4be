// Every run of a case that differs from the others, judged.
import { Explorer } from '../model/explorer.ts';
import { failureOf } from './failure.ts';
import type { ProofOrder, ProofResult } from './model-orders.ts';
import type { Stage } from './stage.ts';
import { Witnesses } from './witnesses.ts';

/** Plays them until one fails, `most` were played, or `isOver` says of the steps so far that they are enough. */
export function everyRun(
  stage: Stage,
  { most, countFailures = false }: ProofOrder,
  isOver: (steps: number) => boolean,
): ProofResult {
  const { board, deaths, judge, player, problem, processes, related, world } = stage;
  const explorer = new Explorer(board, processes, related, problem.memory === 'tso', deaths);
  const witnesses = new Witnesses(judge);
  let runs = 0;
  let steps = 0;
  let traces = 0;
  let failures = 0;
  let failed: Pick<ProofResult, 'failure' | 'strategy'> = {};
  let race: ProofResult['race'];
  const so = (proved: boolean, isCut = false): ProofResult => ({
    proved,
    traces,
    failures,
    ...failed,
    runs,
    steps,
    witnesses: witnesses.reached,
    progress: explorer.progress,
    ...(race && { race }),
    ...(isCut && { isCut }),
  });
  do {
    if (runs === most) return so(false, true);
    explorer.begin();
    const view = stage.play(explorer);
    explorer.finish();
    runs++;
    if (isOver(steps)) return so(false, true);
    steps += view.outcome.steps;
    if (explorer.isTooLong || player.asksTime || player.drewLots) return so(false);
    if (explorer.isPruned) continue;
    traces++;
    const judgement = judge.judge(view);
    witnesses.note(view, world);
    if (judgement === undefined) continue;
    const failure = failureOf(view, judgement, world);
    if (judgement.kind === 'race') {
      race ??= { failure, strategy: explorer.name };
      continue;
    }
    if (failures++ === 0) failed = { failure, strategy: explorer.name };
    if (!countFailures) return so(false);
  } while (explorer.advance());
  return so(race === undefined && failures === 0);
}
