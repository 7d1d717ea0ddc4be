// Steps on synchronisation objects that commute with all that others can do before them, so that nobody else need be
// tried first (movers: R. J. Lipton, "Reduction", CACM 18(12), 1975):
//
// - letting a mutex go, where nobody can ask whether it is held: others can only wait for it;
// - posting a semaphore whose units nobody can ask for: others can only wait for them, and one more hinders nobody;
// - waiting on a condition, or signalling it, with a lock that is always held then: others can only go on who were told
//   to, and whom a signal wakes is chosen among those who were not;
// - going on, once told to.
//
// That nobody asks, and that the lock is always held, is believed until a step says otherwise, as in protection.ts.
import { standsAt } from '../process/announced.ts';
import type { Board } from '../process/board.ts';
import { RECORD_WORDS, Slot, slotOf } from '../process/control.ts';
import type { ObjectNames } from '../process/object-names.ts';
import { Field } from '../process/trace-record.ts';
import { conditionOperations } from '../sync/condition.ts';
import { mutexOperations } from '../sync/mutex.ts';
import { operations } from '../sync/operations.ts';
import { semaphoreOperations } from '../sync/semaphore.ts';
import { extraWord, told } from '../sync/waiters.ts';
import { Locks } from './locks.ts';

const { lock, unlock } = mutexOperations;
const { post, wait: take } = semaphoreOperations;
const { broadcast, signal, wait: join, woken } = conditionOperations;

/** Units below which no run posts so often that there are too many. */
const FEW = 2 ** 30;

/** What has been done with an object so far. */
interface Use {
  /** Whether somebody has done what tells more than waiting does, or waits for so long at most. */
  asked: boolean;
  /** Conditions: the locks that were held whenever somebody waited or signalled. */
  locks: number;
  /** Whether the search has left out orders since it commutes. */
  relied: boolean;
}

export class Commuting {
  #uses: Use[] = [];
  #objects: ObjectNames = [];
  readonly #locks = new Locks();
  /** Whether a step was found not to commute, although a search relied on it. */
  isRefuted = false;

  layOut(objects: ObjectNames): void {
    if (objects === this.#objects) return;
    this.#objects = objects;
    this.#locks.layOut(objects);
    this.#uses = objects.map(() => ({ asked: false, locks: -1, relied: false }));
  }

  /** A search begins anew: nothing was relied on. What was seen is kept. */
  restart(): void {
    this.isRefuted = false;
    for (const use of this.#uses) use.relied = false;
  }

  /** Whether the step at which process `p` stands commutes, as far as is known; a search that asks relies on it. */
  relyOn({ control, data }: Board, p: number): boolean {
    const step = standsAt(control, slotOf(p));
    const use = this.#uses[control[step + Slot.OBJECT]];
    const at = control[step + Slot.AT];
    switch (control[step + Slot.OPERATION]) {
      case woken.code:
        return told(data, at, p); // whatever others do
      case unlock.code:
        if (use.asked || data[at] !== p + 1) return false;
        break;
      case post.code:
        if (use.asked || data[at] < 0 || data[at] > FEW) return false;
        break;
      case join.code:
      case signal.code:
      case broadcast.code:
        if (use.asked || data[extraWord(data, at)] > 0) return false;
        if ((use.locks & this.#locks.heldBy(p, true, data)) === 0) return false;
        break;
      default:
        return false;
    }
    use.relied = true;
    return true;
  }

  /** The step with number `step` was taken, the last one so far. */
  took({ trace, data }: Board, step: number): void {
    const at = step * RECORD_WORDS;
    const code = trace[at + Field.OPERATION];
    const { on } = operations[code];
    if (on !== 'mutex' && on !== 'semaphore' && on !== 'condition') return;
    const use = this.#uses[trace[at + Field.OBJECT]];
    switch (code) {
      case lock.code:
      case unlock.code:
      case take.code:
      case post.code:
      case woken.code:
        return;
      case join.code:
      case signal.code:
      case broadcast.code:
        use.locks &= this.#locks.heldBy(trace[at + Field.PROCESS], true, data);
        if (use.locks !== 0) return;
        break;
      default:
        use.asked = true;
    }
    if (use.relied) this.isRefuted = true;
  }
}
