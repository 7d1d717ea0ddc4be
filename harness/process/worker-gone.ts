import { BadInput } from '../problem/bad-input.ts';

/** A worker died while it was made ready. */
export class WorkerGone extends Error {
  readonly #when: 'start' | 'load';
  readonly #how: string;
  constructor(when: 'start' | 'load', how: string) {
    super(how);
    this.#when = when;
    this.#how = how;
  }
  /** Whether it may have come from outside, and not happen again. */
  get mayPass(): boolean {
    return this.#how !== 'hangs';
  }
  /** What to say if it happens every time. */
  asTold(): Error {
    if (this.#when === 'start')
      return new Error(`the worker processes cannot start (${this.#how}). Run lab doctor.`);
    return new BadInput(
      this.#how === 'hangs'
        ? 'the solution does not finish loading: something at its top level, outside the roles, takes too long. Move it into share or a role.'
        : 'the solution ends its process while it is loaded: look at what it does at its top level, outside the roles.',
    );
  }
}
