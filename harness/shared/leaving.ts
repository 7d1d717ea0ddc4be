// Exceptions by which the lab gets a role out of its code. Whoever catches what student code throws, to pass it on to another
// process, must let these go by.
const leaving = new WeakSet<object>();

/** Notes that a role leaves by throwing `e`, and returns it. */
export function leavingBy<T extends object>(e: T): T {
  leaving.add(e);
  return e;
}

/** Whether a role leaves by `e`. */
export const isLeaving = (e: unknown): boolean => typeof e === 'object' && e !== null && leaving.has(e);
