import { RECORD_WORDS } from '../process/control.ts';
import { Field } from '../process/trace-record.ts';
import { type Loop, loopAtEnd } from '../schedule/loop.ts';
import { ENDLESS } from '../schedule/schedule.ts';
import type { RunView } from './run-view.ts';

/** Steps of a loop, at most. */
const LONGEST = 2_000;

/** What a record says of its step, but for where it stands in the solution. */
const told: readonly number[] = [
  Field.PROCESS,
  Field.OPERATION,
  Field.OBJECT,
  Field.INDEX,
  Field.ARGUMENT,
  Field.SECOND,
  Field.RESULT,
];

/** The steps that come again and again at the end of a run that was given up, all alike; undefined where there are none. */
export function roundOf({ mode, trace, doubles, outcome }: RunView): Loop | undefined {
  if (mode === 'free' || outcome.steps !== ENDLESS) return undefined;
  return loopAtEnd(outcome.steps, LONGEST, (later, earlier) => {
    const a = later * RECORD_WORDS;
    const b = earlier * RECORD_WORDS;
    return (
      told.every((field) => trace[a + field] === trace[b + field]) &&
      doubles[(a + Field.BEFORE) >> 1] === doubles[(b + Field.BEFORE) >> 1] &&
      doubles[(a + Field.AFTER) >> 1] === doubles[(b + Field.AFTER) >> 1]
    );
  });
}
