// The memory that all processes of a team see: one mapping, and futexes on its words.
import { type Futex, futex } from '../os/futex.ts';
import { memfd } from '../os/memfd.ts';
import { mmap } from '../os/mmap.ts';

export interface Segment {
  readonly buffer: ArrayBuffer;
  readonly words: Int32Array;
  /** Address of word 0. */
  readonly address: number;
  readonly futex: Futex;
}

/** Creates the anonymous file of a segment and returns its descriptor, to be inherited by the workers. */
export const createSegment = (bytes: number): number => memfd('interleave', bytes);

/** Maps the segment behind `fd`. */
export function openSegment(fd: number, bytes: number): Segment {
  const { address, buffer } = mmap(fd, bytes);
  return { buffer, words: new Int32Array(buffer), address, futex: futex() };
}
