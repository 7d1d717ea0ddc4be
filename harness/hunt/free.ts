import type { FreeReport } from '../check/verdict.ts';
import type { Case } from '../problem/problem.ts';
import { lead } from './lead.ts';
import { relocate } from './relocate.ts';

/** Runs a solution at full speed. Default: the problem's speed case, five runs. */
export function free(request: {
  slug: string;
  file: string;
  case?: Case;
  runs?: number;
  seed?: number;
}): Promise<FreeReport> {
  return lead(request.slug, request.file, 1, async ({ referees: [referee], problem, compiled }) => {
    const c = request.case ?? problem.speed.case;
    const runs = request.runs ?? 5;
    const result = await referee.call('free', { case: c, runs, seed: request.seed ?? 1 });
    const count = problem.speed.count(c);
    return {
      case: c,
      runs: result.runs,
      unit: problem.speed.unit,
      perSecond: result.seconds.map((s) => Math.round(count / s)),
      findings: result.finding ? [relocate(compiled, result.finding)] : [],
    };
  });
}
