// Judges one run: what the specification says of its events, then how it ended. What happened first comes first. A
// race is told of a run that shows no damage: see docs/decisions/races.md.
import type { AnyProblem, Case } from '../problem/problem.ts';
import { crash } from './crash.ts';
import { endless } from './endless.ts';
import { forbiddenObject } from './forbidden.ts';
import type { Judgement } from './judgement.ts';
import { leftBehind } from './left-behind.ts';
import { race } from './race.ts';
import { Ending, type RunView } from './run-view.ts';
import { type SpecificationJudge, specificationJudge } from './specification.ts';

export interface Judge {
  /** The first thing that is wrong with the run; undefined if nothing is. */
  judge(view: RunView): Judgement | undefined;
  readonly specification: SpecificationJudge;
}

/** A judge of the runs of `problem` in the case `c`. */
export function judgeOf(problem: AnyProblem, c: Case): Judge {
  const specification = specificationJudge(problem, c);
  const racy = problem.races === 'allowed';
  const judge = (view: RunView): Judgement | undefined => {
    const broken = specification.follow(view);
    if (broken) return broken;
    const { ending, by } = view.outcome;
    switch (ending) {
      case Ending.FINISHED:
        return specification.atEnd() ?? leftBehind(view) ?? (racy ? undefined : race(view));
      case Ending.DEADLOCK:
        return { kind: 'deadlock' };
      case Ending.MISUSE:
        return {
          kind: 'misuse',
          detail: view.text(by),
          process: by,
          object: view.lastObject(by),
          ...view.position(by),
        };
      case Ending.CRASH:
        return crash(view);
      case Ending.BOUND:
        return endless(view);
      case Ending.ENDLESS:
        return { kind: 'non-terminating', detail: 'loop', process: by, ...view.position(by) };
      case Ending.LAYOUT:
        return { kind: 'nondeterministic', detail: 'share' };
      default:
        return undefined;
    }
  };
  return {
    specification,
    judge(view) {
      const found = judge(view);
      if (found !== undefined && found.kind !== 'race') return found;
      return forbiddenObject(problem, view.objects) ?? found;
    },
  };
}
