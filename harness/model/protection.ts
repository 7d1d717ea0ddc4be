// What keeps the accesses to each element apart, as far as a search has seen: it is one process's alone, nobody
// writes to it, or a lock is held whenever it is accessed (lock sets: Savage, Burrows, Nelson, Sobalvarro, Anderson,
// "Eraser", TOCS 15(4), 1997). Here they are no heuristic: a search that has gone over every run without finding
// another access has proved it.
//
// Such an access commutes with whatever others can do until the process moves on (a mover both ways: R. J. Lipton,
// "Reduction", CACM 18(12), 1975), so that nobody else need be tried before it. And two of them never race.
import type { Board } from '../process/board.ts';
import { RECORD_WORDS } from '../process/control.ts';
import type { ObjectNames } from '../process/object-names.ts';
import { Field } from '../process/trace-record.ts';
import { plainOperations } from '../sync/operations.ts';
import { aboutElement } from './about.ts';
import { Locks } from './locks.ts';

const { read, write } = plainOperations;

interface Element {
  /** The process that accesses it, or `SEVERAL`. */
  by: number;
  written: boolean;
  /** Locks that were held at every access, as bits: at a write, for writing. */
  locks: number;
  /** Whether a search has left out orders since it is protected. */
  used: boolean;
}

const SEVERAL = -1;
export class Protection {
  readonly #elements = new Map<number, Element>();
  #objects: ObjectNames = [];
  readonly #locks = new Locks();
  /** Whether an element was found not to be protected, although a search relied on it. */
  isRefuted = false;
  /** Whether all elements are protected, as far as is known. */
  isWhole = true;

  layOut(objects: ObjectNames): void {
    if (objects === this.#objects) return;
    this.#objects = objects;
    this.#locks.layOut(objects);
    this.#elements.clear();
    this.isWhole = true;
  }

  /** A search begins anew: nothing was relied on. What was seen is kept. */
  restart(): void {
    this.isRefuted = false;
    for (const element of this.#elements.values()) element.used = false;
  }

  /** Whether the element with this key is protected, as far as is known; a search that asks relies on it. */
  relyOn(key: number): boolean {
    const element = this.#elements.get(key);
    if (element === undefined) return false;
    element.used ||= isProtected(element);
    return isProtected(element);
  }

  /** The step with number `step` was taken, the last one so far: if it was an access, what kept it apart from others? */
  took({ trace, data }: Board, step: number): void {
    const at = step * RECORD_WORDS;
    const code = trace[at + Field.OPERATION];
    if (code !== read.code && code !== write.code) return;
    const key = aboutElement(trace[at + Field.OBJECT], trace[at + Field.INDEX]);
    this.#access(key, trace[at + Field.PROCESS], code === write.code, data);
  }

  #access(key: number, p: number, writes: boolean, data: Int32Array): void {
    const held = this.#locks.heldBy(p, writes, data);
    const element = this.#elements.get(key);
    if (element === undefined) {
      this.#elements.set(key, { by: p, written: writes, locks: held, used: false });
      return;
    }
    if (element.by !== p) element.by = SEVERAL;
    element.written ||= writes;
    element.locks &= held;
    if (isProtected(element)) return;
    this.isWhole = false;
    if (element.used) this.isRefuted = true;
  }
}

const isProtected = ({ by, written, locks }: Element): boolean => !written || locks !== 0 || by !== SEVERAL;
