// Holds the calls of a run against the object that the problem names.
import type { AnyProblem, Case } from '../problem/problem.ts';
import { recorder } from './history.ts';
import type { Judgement } from './judgement.ts';
import { isLinearizable } from './linearizability.ts';
import type { RunView } from './run-view.ts';
import { shortestViolation } from './shortest-history.ts';
import { whyUnexplained } from './unexplained.ts';
import { playersOf } from './words.ts';

export interface LinearizabilityJudge {
  /** A run begins. */
  begin(): void;
  /** Takes an event of it. */
  take(process: number, event: number, value: number, step: number): void;
  /** After all events: what no order explains; undefined where one does, or where it shows at `before` at the earliest. */
  judge(view: RunView, before?: number): Judgement | undefined;
}

/** Where to look: every operation that is linearizable has such a step (Herlihy and Wing, section 1). */
const ADVICE =
  'Look for the one step at which a call takes effect for everybody, between its beginning and its end: what another process sees must not depend on anything after it';

/** A judge of the runs of `problem` in the case `c`; undefined where it asks for no such thing. */
export function linearizabilityJudge(problem: AnyProblem, c: Case): LinearizabilityJudge | undefined {
  const { linearizable, events } = problem.specification;
  if (linearizable === undefined) return undefined;
  const object = linearizable.object(c);
  const record = recorder(linearizable.operations, Object.keys(events));
  return {
    begin: () => record.clear(),
    take: (process, event, value, step) => record.take(process, event, value, step),
    judge(view, before = Number.POSITIVE_INFINITY) {
      const history = record.history();
      if (isLinearizable(history, object)) return undefined;
      const violation = shortestViolation(history, object);
      if (violation === undefined || violation.last.returned >= before) return undefined;
      const players = playersOf(problem, c);
      const { process, returned } = violation.last;
      return {
        kind: 'unsafe',
        rule: linearizable.rule,
        process,
        step: returned,
        detail: whyUnexplained(
          violation.history,
          object,
          (p) => players[p].name,
          view.mode === 'free' ? 'event' : 'step',
        ),
        advice: `${ADVICE}.`,
      };
    },
  };
}
