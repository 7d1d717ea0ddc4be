// Some problems rule out the tool that would make them trivial.
import type { AnyProblem } from '../problem/problem.ts';
import type { ObjectNames } from '../process/object-names.ts';
import type { Judgement } from './judgement.ts';

/** The first shared object of a kind that the problem rules out. */
export function forbiddenObject(problem: AnyProblem, objects: ObjectNames): Judgement | undefined {
  if (problem.forbidden === undefined) return undefined;
  const id = objects.findIndex(({ kind }) => problem.forbidden?.[kind] !== undefined);
  if (id < 0) return undefined;
  return {
    kind: 'forbidden',
    rule: objects[id].kind,
    object: id,
    detail: problem.forbidden[objects[id].kind],
  };
}
