// How a twin is told to stop. The first lines are the founder's; the runtime of twins is added below.

/** What has to happen before the role can go on. */
export const Pending = { NONE: 0, STEP: 1, CALL: 2 } as const;

/** What a twin and whoever plays it share: looked at after every expression that may have been a step. */
export interface Suspension {
  /** One of `Pending`. */
  pending: number;
  /** Where `pending` is CALL: the coroutine to be run. */
  call: Generator<undefined, unknown, unknown> | undefined;
}

/** What a role does cannot be done by its twin; the run says nothing then. */
export class Unmodelled extends Error {
  override readonly name = 'Unmodelled';
}
