// A controlled run on a real kernel object, done again with a model of it in a few lines: every step must have come to what
// it comes to there.
import { Ending, RECORD_WORDS } from '../../harness/process/control.ts';
import { Field } from '../../harness/process/trace-record.ts';
import { NOT_YET, NOTHING_DONE } from '../../harness/shared/kernel.ts';
import { operations } from '../../harness/sync/operations.ts';
import type { Ran, Stage } from './stage.ts';

/** A call on the kernel object, the n-th of its process from 0. */
export interface Call {
  readonly process: number;
  readonly n: number;
  readonly name: string;
  readonly argument: number;
}

/** What a call comes to: undefined where it cannot happen now. `tells` is what its process tells after that, if anything. */
export type Model = (call: Call) => { readonly result: number; readonly tells?: number } | undefined;

/** Where the controlled run just played is not what the model says; undefined where it is. */
export function difference(stage: Stage, run: Ran, model: Model): string | undefined {
  const told: number[][] = run.told.map(() => []);
  const done = run.told.map(() => 0);
  const { outcome } = run;
  const view = stage.seen('controlled', outcome);
  for (let i = 0; i < outcome.steps; i++) {
    const at = i * RECORD_WORDS;
    const { span, name } = operations[view.trace[at + Field.OPERATION]];
    if (span !== 'kernel') continue;
    const argument = view.trace[at + Field.ARGUMENT];
    const process = view.trace[at + Field.PROCESS];
    const happens = model({ process, n: done[process], name, argument });
    const waits = /^(try|timed)/.test(name) ? NOTHING_DONE : NOT_YET;
    const expected = happens?.result ?? waits;
    const result = view.trace[at + Field.RESULT];
    if (result !== expected) return `step ${i + 1}, ${name}(${argument}) gave ${result}, not ${expected}`;
    if (result !== NOT_YET) done[process]++;
    if (happens?.tells !== undefined) told[process].push(happens.tells);
  }
  if (JSON.stringify(told) !== JSON.stringify(run.told)) {
    return `told ${JSON.stringify(run.told)}, not ${JSON.stringify(told)}`;
  }
  const standing = view.standing();
  if (outcome.ending === Ending.FINISHED) return standing.length === 0 ? undefined : 'somebody stands';
  if (outcome.ending !== Ending.DEADLOCK) return `it ended with ${outcome.ending}`;
  const goes = standing.find(({ process, operation, argument }) => {
    return model({ process, n: done[process], name: operations[operation].name, argument }) !== undefined;
  });
  return goes && `process ${goes.process} could go on`;
}
