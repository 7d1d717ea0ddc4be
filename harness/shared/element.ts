// The elements of cells and arrays: how a number becomes one, and where it lies.
import { HEAD, type Words } from './operation.ts';

export const elementKinds = ['int32', 'uint32', 'float64', 'bool'] as const;
export type ElementKind = (typeof elementKinds)[number];

/** Words that one element takes. */
export const elementWords = (kind: ElementKind): number => (kind === 'float64' ? 2 : 1);

/** The element kind of an object: that of `int32Array` is `int32`. Undefined where the object has no elements. */
export function elementOf(kind: string): ElementKind | undefined {
  const base = kind.endsWith('Array') ? kind.slice(0, -'Array'.length) : kind;
  return base === 'int32' || base === 'uint32' || base === 'float64' || base === 'bool' ? base : undefined;
}

/** The number that is stored when a solution writes `v`, as the typed arrays of ECMAScript would. */
export function coerce(kind: ElementKind, v: number): number {
  if (kind === 'int32') return v | 0;
  if (kind === 'uint32') return v >>> 0;
  if (kind === 'bool') return v ? 1 : 0;
  return +v;
}

/** Reads element `index` of `object` from the run's memory. */
export function load(
  words: Words,
  doubles: Float64Array,
  kind: ElementKind,
  at: number,
  index: number,
): number {
  if (kind === 'float64') return doubles[(at + HEAD) / 2 + index];
  const w = words[at + HEAD + index];
  return kind === 'uint32' ? w >>> 0 : w;
}

/** Writes element `index` of `object` in the run's memory. */
export function save(
  words: Words,
  doubles: Float64Array,
  kind: ElementKind,
  at: number,
  index: number,
  value: number,
): void {
  if (kind === 'float64') doubles[(at + HEAD) / 2 + index] = value;
  else words[at + HEAD + index] = value;
}

/** The place in `elementKinds` of the elements of an object of `kind`; -1 where it has none. */
export const elementNumber = (kind: string): number => elementKinds.indexOf(elementOf(kind) as ElementKind);
