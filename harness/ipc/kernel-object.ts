import { arena, place } from '../shared/arena.ts';
import type { Kernel, Options } from '../shared/kernel.ts';
import type { Shared, Way } from '../shared/way.ts';
import { kernelDeaths } from './operation.ts';

/** A kernel object as one process has it. */
export interface KernelObject {
  readonly object: Shared;
  readonly way: Way;
  readonly kernel: Kernel;
  /** Its descriptors and numbers, as its maker in the referee lists them. */
  readonly handles: readonly number[];
}

/** Asks the referee for a kernel object of this kind. Only inside `share`. */
export function kernelObject(kind: string, options: Options): KernelObject {
  const { way, kernel, processes } = arena();
  // The word begins at 1, so that nobody has tried yet.
  const object = place(kind, processes, 1, 1, kernelDeaths.closed);
  return { object, way, kernel, handles: kernel.grant(kind, options) };
}
