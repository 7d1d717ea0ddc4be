/**
 * Freezes a class whose instances student code holds, with its methods: they outlive the run, and nothing may be left
 * on them for the next one, or for another process to trip over.
 */
export function sealed(...classes: { prototype: object }[]): void {
  for (const c of classes) {
    for (const { value, get, set } of Object.values(Object.getOwnPropertyDescriptors(c.prototype))) {
      for (const method of [value, get, set])
        if (typeof method === 'function' && method !== c) Object.freeze(method);
    }
    Object.freeze(c.prototype);
    Object.freeze(c);
  }
}
