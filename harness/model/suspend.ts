// How a twin is told to stop, and by what it is known that it could not. The runtime of twins is in twin/.

/**
 * What has to happen before the role can go on. STEP: a result is outstanding, and what the step has returned is
 * `token`. CALL: a coroutine is to be run, and what the call has returned is `call`. ROOM: nothing, but there is no
 * room to announce more. BORN: a constructor has left the rest of its work to the one that extends it.
 */
export const Pending = { NONE: 0, STEP: 1, CALL: 2, ROOM: 3, BORN: 4, LOST: 5 } as const;

/** What a twin and whoever plays it share: looked at after every expression that may have been a step. */
export interface Suspension {
  /** One of `Pending`. Whoever plays sets it to NONE before a role goes on. */
  pending: number;
  /** Where `pending` is CALL: the coroutine to be run. */
  call: Generator<undefined, unknown, unknown> | undefined;
  /** What a step returns whose result is outstanding: it tells that nobody has come between it and its reader. */
  readonly token?: object;
}

/** What a role does cannot be done by its twin; the run says nothing then. */
export class Unmodelled extends Error {
  override readonly name = 'Unmodelled';
}
