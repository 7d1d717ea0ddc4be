// What need not be made anew for every run of a model. A solution whose top level only names things is evaluated
// once for each process; what its `share` returns is copied, so that a role may do with it what it likes.

/** A copy of what `share` returned, where that is plain objects and arrays of `handles`; undefined where it is not. */
export function copier(shared: unknown, handles: ReadonlySet<unknown>): (() => unknown) | undefined {
  const copy = (value: unknown, depth: number): (() => unknown) | undefined => {
    if (typeof value !== 'object' || value === null)
      return typeof value === 'function' ? undefined : () => value;
    if (handles.has(value)) {
      Object.freeze(value); // else a role could leave something on it for the next run
      return () => value;
    }
    if (depth > 4) return undefined;
    const isArray = Array.isArray(value);
    if (!isArray && Object.getPrototypeOf(value) !== Object.prototype) return undefined;
    const keys = Reflect.ownKeys(value);
    if (isArray && keys.length !== value.length + 1) return undefined;
    const copies: (readonly [string, () => unknown])[] = [];
    for (const key of keys) {
      if (isArray && key === 'length') continue;
      const d = Object.getOwnPropertyDescriptor(value, key);
      if (typeof key !== 'string' || d === undefined || !('value' in d) || !d.enumerable || !d.writable) {
        return undefined;
      }
      const inner = copy(d.value, depth + 1);
      if (inner === undefined) return undefined;
      copies.push([key, inner]);
    }
    if (isArray) return () => copies.map(([, inner]) => inner());
    if (copies.every(([key]) => handles.has((value as Record<string, unknown>)[key]))) {
      const own = { ...value }; // the first run is given `value` itself
      return () => ({ ...own });
    }
    return () => Object.fromEntries(copies.map(([key, inner]) => [key, inner()]));
  };
  return copy(shared, 0);
}
