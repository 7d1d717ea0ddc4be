import type { Replayed } from '../check/verdict.ts';
import type { Case } from '../problem/problem.ts';
import { lead } from './lead.ts';
import { relocateReplayed } from './relocate.ts';

/** Plays one schedule again. Throws BadInput where it does not parse or does not fit. */
export function replay(request: {
  slug: string;
  file: string;
  case: Case;
  schedule: string;
}): Promise<Replayed> {
  return lead(request.slug, request.file, 1, async ({ referees: [referee], compiled }) =>
    relocateReplayed(compiled, await referee.call('replay', request.case, request.schedule)),
  );
}
