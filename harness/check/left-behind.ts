// Everyone has gone home, but somebody has kept a lock: the next one would wait for ever.
import { ownerOf } from '../sync/robust.ts';
import { readersOf } from '../sync/rwlock.ts';
import type { Judgement } from './judgement.ts';
import { killedIn } from './killed.ts';
import type { RunView } from './run-view.ts';
import { unitsHeld } from './units-held.ts';

/**
 * A mutex or lock that is still held at the end of a run in which all processes ended. Who was killed could not let go of
 * what it held.
 */
export function leftBehind(view: RunView): Judgement | undefined {
  const { data, objects, processes } = view;
  for (let id = 0; id < objects.length; id++) {
    const { kind, at } = objects[id];
    const word = data[at];
    if (/^pthread(Mutex|Rwlock)$/.test(kind)) {
      const process = unitsHeld(view, id).find((p) => !killedIn(view).includes(p));
      if (process !== undefined) return { kind: 'left-behind', object: id, process };
    }
    if (word === 0 || (kind !== 'mutex' && kind !== 'rwlock')) continue;
    const dead = killedIn(view);
    const owner = kind === 'mutex' ? ownerOf(word) : -word - 1;
    if (kind === 'mutex' || word < 0) {
      if (owner < 0 || dead.includes(owner)) continue;
      return { kind: 'left-behind', object: id, process: owner };
    }
    if (dead.length > 0 && readersOf(data, at, processes).every((p) => dead.includes(p))) continue;
    return { kind: 'left-behind', object: id, detail: `${word} read lock${word === 1 ? '' : 's'}` };
  }
  return undefined;
}
