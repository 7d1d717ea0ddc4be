import { arena, place } from '../shared/arena.ts';
import type { Kernel, Options } from '../shared/kernel.ts';
import { HEAD, type Words } from '../shared/operation.ts';
import type { Shared, Way } from '../shared/way.ts';
import { kernelDeaths } from './operation.ts';

/** The part of the shared words that begins at `at`. */
export interface Record {
  readonly words: Words;
  readonly at: number;
}

/** A kernel object as one process has it. */
export interface KernelObject {
  readonly object: Shared;
  readonly way: Way;
  readonly kernel: Kernel;
  /** Its descriptors and numbers, as its maker in the referee lists them. */
  readonly handles: readonly number[];
  /** Words that all processes see, zero at first; in controlled runs only who moves may use them. */
  readonly record: Record;
  readonly processes: number;
}

/**
 * Asks the referee for a kernel object of this kind. Only inside `share`.
 * @param recordWords length of its record, given the number of processes. Default: none
 */
export function kernelObject(
  kind: string,
  options: Options,
  recordWords = (_processes: number): number => 0,
): KernelObject {
  const { way, kernel, processes, words } = arena();
  const more = recordWords(processes);
  // The word begins at 1, so that nobody has tried yet.
  const object = place(kind, processes + more, 1, 1, kernelDeaths.closed);
  const record = { words, at: object.at + HEAD + processes };
  return { object, way, kernel, handles: kernel.grant(kind, options), record, processes };
}
