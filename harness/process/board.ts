// What a worker's code inside the realm knows of the outside: the shared memory, and a few calls into the system.

import type { Calls } from '../shared/kernel.ts';
import {
  DATA,
  DATA_WORDS,
  PRESCRIBED_WORDS,
  SEGMENT_BYTES,
  STRATEGY,
  STRATEGY_WORDS,
  TRACE,
} from './control.ts';
import type { Grant } from './grant.ts';
import type { TryShift } from './shift.ts';
/** What the worker hands into the realm. Never reachable from student code. */
export interface Host {
  readonly buffer: ArrayBuffer;
  /** This process's number. */
  readonly me: number;
  /** Sleeps while word `word` of the segment is `expected`. */
  wait(word: number, expected: number): void;
  waitFor(word: number, expected: number, milliseconds: number): void;
  wake(word: number, count: number): void;
  /** Lets another process run, if one wants to. */
  yield(): void;
  /** Milliseconds, monotonic, the same origin in all processes. */
  now(): number;
  /** Milliseconds since 1970. */
  date(): number;
  readonly tryShift: TryShift;
  /** Calls on kernel objects; undefined in a model, which has none. */
  readonly calls: Calls | undefined;
  /** Puts memory of the system's, a descriptor or an id, in the place of whole pages of the segment. */
  map(kind: string, word: number, words: number, handle: number): void;
  /** Puts the segment's own pages back. */
  putBack(word: number, words: number): void;
  /** Takes what the referee has sent for the run that begins. Blocks until it is there. */
  receive(): Grant;
  /** Ends this process at once. */
  exit(): never;
}

/** Views of the segment, made inside the realm. */
export interface Board {
  readonly host: Host;
  readonly me: number;
  /** The whole segment, in words. */
  readonly control: Int32Array;
  /** The same bytes, as doubles. */
  readonly doubles: Float64Array;
  /** The shared objects. */
  readonly data: Int32Array;
  readonly dataDoubles: Float64Array;
  readonly trace: Int32Array;
  readonly traceDoubles: Float64Array;
  /** State of the strategy, then the prescribed schedule. */
  readonly strategy: Int32Array;
}

export function makeBoard(host: Host): Board {
  const { buffer } = host;
  return {
    host,
    me: host.me,
    control: new Int32Array(buffer),
    doubles: new Float64Array(buffer),
    data: new Int32Array(buffer, DATA * 4, DATA_WORDS),
    dataDoubles: new Float64Array(buffer, DATA * 4, DATA_WORDS / 2),
    trace: new Int32Array(buffer, TRACE * 4),
    traceDoubles: new Float64Array(buffer, TRACE * 4),
    strategy: new Int32Array(buffer, STRATEGY * 4, STRATEGY_WORDS + PRESCRIBED_WORDS),
  };
}

const nobody = (): never => {
  throw new Error('a modelled process asked the system for something');
};

/** A board of memory that nobody else sees: a model's. `now`: milliseconds, monotonic. */
export const boardAlone = (now = (): number => performance.now()): Board =>
  makeBoard({
    buffer: new ArrayBuffer(SEGMENT_BYTES),
    me: 0,
    wait: nobody,
    waitFor: nobody,
    wake: () => {},
    yield: nobody,
    now,
    date: nobody,
    exit: nobody,
    tryShift: nobody,
    calls: undefined,
    map: nobody,
    putBack: nobody,
    receive: nobody,
  });
