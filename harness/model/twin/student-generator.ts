// Generators of the student's own. Theirs and the model's suspensions are told apart by what is yielded: the model
// yields undefined, a student's `yield` leaves its value in `given` and yields GIVES.
import { sealed } from '../../shared/sealed.ts';
import type { Coroutine, Pausing } from './pausing.ts';
import { type Walk, walk } from './walk.ts';

/** What a student's `yield` yields. */
export const GIVES = Object.freeze({ gives: true }) as unknown as undefined;

type Way = 'next' | 'return' | 'throw';

export class StudentGenerator {
  readonly #on: Pausing;
  readonly #body: Coroutine;

  constructor(on: Pausing, body: Coroutine) {
    this.#on = on;
    this.#body = body;
  }

  next(v?: unknown): unknown {
    return this.#on.enter(this.#drive('next', v));
  }

  return(v?: unknown): unknown {
    return this.#on.enter(this.#drive('return', v));
  }

  throw(e?: unknown): unknown {
    return this.#on.enter(this.#drive('throw', e));
  }

  *#drive(way: Way, v: unknown): Coroutine {
    const on = this.#on;
    const body = this.#body;
    if (way === 'return') on.returned = v;
    let result = way === 'next' ? body.next(v) : way === 'return' ? body.return(v) : body.throw(v);
    while (!result.done && result.value !== GIVES) result = body.next(yield);
    if (result.done) return { value: result.value, done: true };
    const value = on.given;
    on.given = undefined;
    return { value, done: false };
  }
}

Object.setPrototypeOf(
  StudentGenerator.prototype,
  Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf((function* () {})()))),
);
Object.defineProperty(StudentGenerator.prototype, Symbol.toStringTag, { value: 'Generator' });
sealed(StudentGenerator);

/** `yield*` of a student's generator, which only passes values on. */
export function* delegate(on: Pausing, to: unknown): Coroutine {
  const inner = (yield* on.settled(walk(on, to))) as Walk;
  while (yield* on.settled(inner.next())) {
    let left = true;
    try {
      on.given = inner.value;
      const sent = yield GIVES;
      left = false;
      if (sent !== undefined && inner.open) on.lost('a value sent through yield*');
    } catch (e) {
      left = false;
      if (inner.open) on.lost('an exception thrown through yield*');
      throw e;
    } finally {
      if (left) yield* on.settled(inner.close());
    }
  }
  return inner.value;
}
