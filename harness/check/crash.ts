// A role threw: the message is the student's own, and so are the lines of the stack that are kept.
import type { Judgement } from './judgement.ts';
import type { RunView } from './run-view.ts';

const frame = /^\s*at (?:(.*?) \()?solution\.js:(\d+):(\d+)\)?$/;

/** A run that an exception ended. Stack entries are `function name|line|column` of the compiled solution. */
export function crash(view: RunView): Judgement {
  const { by } = view.outcome;
  const [message, ...rest] = view.text(by).split('\n');
  const detail = [message];
  const stack: string[] = [];
  for (const line of rest) {
    const found = frame.exec(line);
    if (found) stack.push(`${found[1] ?? ''}|${found[2]}|${found[3]}`);
  }
  return { kind: 'crash', detail: detail.join('\n'), process: by, stack, ...view.position(by) };
}
