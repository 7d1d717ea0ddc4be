import { sealed } from '../shared/sealed.ts';
import type { Reference } from './remote.ts';

/** A reference whatever it refers to. */
export type AnyReference = Reference<Record<string, (...given: unknown[]) => unknown>>;

/** What references do in the process that holds them. */
export interface Calls {
  call(reference: object, method: string, given: readonly unknown[]): unknown;
  send(reference: object, method: string, given: readonly unknown[]): void;
  release(reference: object): void;
}

class RemoteReference implements AnyReference {
  readonly #calls: Calls;
  constructor(calls: Calls) {
    this.#calls = calls;
  }
  call(method: string, ...given: unknown[]): unknown {
    return this.#calls.call(this, method, given);
  }
  send(method: string, ...given: unknown[]): void {
    this.#calls.send(this, method, given);
  }
  release(): void {
    this.#calls.release(this);
  }
}
sealed(RemoteReference);

export const referenceBy = (calls: Calls): AnyReference => Object.freeze(new RemoteReference(calls));
