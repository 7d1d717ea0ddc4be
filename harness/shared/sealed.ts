import { fix } from './fix.ts';

/**
 * Freezes a class whose instances student code holds, with its methods: they outlive the run, and nothing may be left
 * on them for the next one, or for another process to trip over. Its instances do not lead to it: an instance made
 * with a way to wait of the student's own would give away the lab's operations.
 */
export function sealed(...classes: { prototype: object }[]): void {
  for (const c of classes) {
    Object.defineProperty(c.prototype, 'constructor', { value: Object });
    for (const { value, get, set } of Object.values(Object.getOwnPropertyDescriptors(c.prototype))) {
      for (const method of [value, get, set])
        if (typeof method === 'function' && method !== Object) fix(method);
    }
    fix(c.prototype);
  }
}
