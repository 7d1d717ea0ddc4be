// What a role goes over in a loop, each element made when the loop asks for it.
import { fix } from '../shared/fix.ts';
import { sealed } from '../shared/sealed.ts';

export class Each<T> implements IterableIterator<T> {
  readonly #make: () => T | undefined;

  /** @param make gives the next element; undefined where there is none any more */
  constructor(make: () => T | undefined) {
    this.#make = make;
  }

  next(): IteratorResult<T> {
    const value = this.#make();
    return value === undefined ? { done: true, value } : { done: false, value };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

sealed(Each);
fix(Each.prototype[Symbol.iterator]);
