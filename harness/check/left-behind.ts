// Everyone has gone home, but somebody has kept a lock: the next one would wait for ever.
import type { Judgement } from './judgement.ts';
import type { RunView } from './run-view.ts';

/** A mutex or lock that is still held at the end of a run in which all processes ended. */
export function leftBehind({ data, objects }: RunView): Judgement | undefined {
  for (const [id, { kind, at }] of objects.entries()) {
    const word = data[at];
    if (word === 0 || (kind !== 'mutex' && kind !== 'rwlock')) continue;
    if (kind === 'mutex') return { kind: 'left-behind', object: id, process: word - 1 };
    return word < 0
      ? { kind: 'left-behind', object: id, process: -word - 1 }
      : { kind: 'left-behind', object: id, detail: `${word} read lock${word === 1 ? '' : 's'}` };
  }
  return undefined;
}
