// A data race is a fault whatever became of it in this run: on real processors such accesses may come in any order.
import { RECORD_WORDS } from '../process/control.ts';
import { Field } from '../process/trace-record.ts';
import type { Judgement } from './judgement.ts';
import { racesIn } from './races.ts';
import type { RunView } from './run-view.ts';

/** The first data race of a controlled run. The detail is the object's name without its numbers: `slots[]`. */
export function race(view: RunView): Judgement | undefined {
  const found = racesIn(view);
  if (found === undefined) return undefined;
  const { first, second, object } = found;
  return {
    kind: 'race',
    detail: view.objects[object].name.replace(/\d+/g, ''),
    process: view.trace[second * RECORD_WORDS + Field.PROCESS],
    first,
    step: second,
    object,
  };
}
