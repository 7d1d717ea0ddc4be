// The kernel objects of a run: what a solution asks for, and what the referee gives to each process.
import type { Wanted } from '../shared/kernel.ts';

/** Most kernel objects that a run may have. */
export const MAX_KERNEL_OBJECTS = 64;

/** What every process of a run is given. */
export interface Grant {
  readonly wanted: readonly Wanted[];
  /** For each object the process's descriptors of it, and then numbers that go with them. */
  readonly handles: readonly (readonly number[])[];
  /** The descriptors among them. */
  readonly descriptors: readonly number[];
}

export const NO_GRANT: Grant = { wanted: [], handles: [], descriptors: [] };
