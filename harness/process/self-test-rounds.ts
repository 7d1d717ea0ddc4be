import { openSegment, type Segment } from '../shared/segment.ts';
import { type TryShift, tryShiftIn, WebAssembly } from './shift.ts';

export const BYTES = 4096;
/** Atomic additions of each of the two processes: half of them by JavaScript, half by WebAssembly. */
export const ROUNDS = 100_000;
/** The word that both add to. */
export const ADDED = 0;
const TURN = 16;
/** Hand-offs before the additions. */
const HANDOFFS = 50;
/** Milliseconds of one sleep, and of waiting for the other side. */
const SLEEP = 1_000;
const PATIENCE = 60_000;
/** Sleeps that may end by themselves although the turn had come. */
const OVERSLEPT = 10;

const LEAST = -(2 ** 31);
const MOST = 2 ** 31 - 1;

/** What the test is made with: the segment behind `fd`, mapped in both ways in which workers map it. */
export interface Ground extends Segment {
  readonly tryShift: TryShift;
}

/** Throws SystemCallError. */
export function openGround(fd: number): Ground {
  return { ...openSegment(fd, BYTES), tryShift: tryShiftIn(fd, BYTES, WebAssembly.Instance) };
}

/**
 * One side of the self-test: hands the turn back and forth, then adds. False where the other side stays away for a minute,
 * or its turn often came while this one slept on: then wake-ups are lost. Once or twice a busy machine does that too.
 */
export function addAndWake({ words, address, futex, tryShift }: Ground, side: 0 | 1): boolean {
  let overslept = 0;
  for (let i = 0; i < HANDOFFS; i++) {
    const began = performance.now();
    for (let turn = Atomics.load(words, TURN); turn % 2 !== side; turn = Atomics.load(words, TURN)) {
      const slept = performance.now();
      futex.waitFor(address + TURN * 4, turn, SLEEP);
      const now = performance.now();
      if (now - slept >= SLEEP && Atomics.load(words, TURN) !== turn && ++overslept > OVERSLEPT) return false;
      if (now - began > PATIENCE) return false;
    }
    Atomics.add(words, TURN, 1);
    futex.wake(address + TURN * 4, 1);
  }
  for (let i = 0; i < ROUNDS; i += 2) {
    Atomics.add(words, ADDED, 1);
    while (tryShift(ADDED, LEAST, MOST, 1) < 0);
  }
  return true;
}
