// Some problems rule out the tool that would make them trivial.
import type { AnyProblem } from '../problem/problem.ts';
import type { ObjectNames } from '../process/object-names.ts';
import { kindsWithMessages } from '../sync/messages.ts';
import type { Judgement } from './judgement.ts';

/** The first shared object of a kind that the problem rules out. */
export function forbiddenObject(problem: AnyProblem, objects: ObjectNames): Judgement | undefined {
  const reason = (kind: string): string | undefined =>
    problem.forbidden?.[kind] ??
    (kindsWithMessages.has(kind) && !problem.mechanisms?.includes(kind)
      ? 'it is about doing without messages'
      : undefined);
  for (const [id, { kind }] of objects.entries()) {
    const detail = reason(kind);
    if (detail !== undefined) return { kind: 'forbidden', rule: kind, object: id, detail };
  }
  return undefined;
}
