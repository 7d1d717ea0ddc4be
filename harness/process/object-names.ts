// What the shared objects are called: by their place in what `share` returned.
import type { Shared } from '../shared/way.ts';

/** One object: its kind, name, first word, and number of elements. */
export interface ObjectName {
  readonly kind: string;
  readonly name: string;
  readonly at: number;
  readonly length: number;
  /** Of what holds messages: words of one. */
  readonly words?: number;
  /** The process that alone receives there. */
  readonly owner?: number;
}
export type ObjectNames = readonly ObjectName[];

/** A number that two processes agree on only if they created the same objects in the same order. */
export function layoutDigest(objects: readonly Shared[]): number {
  let digest = objects.length;
  for (const o of objects) {
    digest = Math.imul(digest ^ o.at, 0x01000193) ^ o.length;
    for (let i = 0; i < o.kind.length; i++) digest = Math.imul(digest ^ o.kind.charCodeAt(i), 0x01000193);
  }
  return digest | 0;
}

/** Names the objects by walking `shared`, breadth first, at most four levels deep. */
export function objectNames(
  shared: unknown,
  objects: readonly Shared[],
  handles: ReadonlyMap<unknown, Shared>,
): ObjectNames {
  const names: string[] = objects.map((o) => `${o.kind} ${o.id}`);
  const seen = new Set<unknown>();
  const walk = (value: unknown, path: string, depth: number): void => {
    if (typeof value !== 'object' || value === null || seen.has(value) || depth > 4) return;
    seen.add(value);
    const object = handles.get(value);
    if (object !== undefined) {
      names[object.id] = path || names[object.id];
      return;
    }
    for (const key of Object.keys(value)) {
      const d = Object.getOwnPropertyDescriptor(value, key);
      if (d === undefined || !('value' in d)) continue;
      const inner = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      walk(d.value, inner, depth + 1);
    }
  };
  try {
    walk(shared, '', 0);
  } catch {
    // A getter or proxy of the student's own: the objects keep their numbers.
  }
  const whole = [...names];
  for (const { id, part } of objects) if (part) names[id] = `${whole[part.of]}[${part.name}]`;
  return objects.map(({ kind, at, length, words, part }, i) => ({
    kind,
    name: names[i],
    at,
    length,
    ...(words && { words }),
    ...(part && { owner: part.owner }),
  }));
}
