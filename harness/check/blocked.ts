import { operations, type RunView, type Standing } from './run-view.ts';

/** Whether a process could not have taken its next step when the run ended. */
export function isBlocked({ data, objects }: Pick<RunView, 'data' | 'objects'>, s: Standing): boolean {
  const operation = operations[s.operation];
  const at = objects[s.object]?.at;
  return (
    operation.giveUp === undefined && at !== undefined && !operation.ready(data, at, s.process, s.argument)
  );
}
