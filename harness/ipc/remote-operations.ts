// The steps of remote objects: what is written to the inbox of another process, and what is read from one's own.
import { onKernelObject } from './operation.ts';

export const kind = 'remote';

/** What a message is: the digit that it begins with. */
export const What = {
  NAME: 0,
  CALL: 1,
  SEND: 2,
  RESULT: 3,
  ERROR: 4,
  GIVEN: 5,
  RELEASED: 6,
  /** No message: the other process has closed its end. */
  LEFT: 7,
} as const;
const inWords = [
  'the name of an object, from',
  'a call, from',
  'a one-way call, from',
  'a result, from',
  'an exception, from',
  'a reference was passed on, says',
  'a reference was released, says',
  'the end of',
] as const;

// What was read, from whom, and its bytes, in the one number that a trace has for them.
const BYTES = 2 ** 17;
const PROCESSES = 32;
export const received = (what: number, from: number, bytes: number): number =>
  (what * PROCESSES + from) * BYTES + bytes;
const fromWhom = (all: number): string =>
  `${inWords[Math.floor(all / BYTES / PROCESSES)]} process ${Math.floor(all / BYTES) % PROCESSES}`;

const writes = (name: string) => onKernelObject(kind, name, { shows: (bytes) => `(${bytes} bytes)` });

export const remoteOperations = {
  call: writes('call'),
  send: writes('send'),
  answer: writes('answer'),
  name: writes('name'),
  /** A reference is passed on to a third process: its home is told before. */
  pass: writes('pass'),
  release: writes('release'),
  /** Waits for the answer of the process that is its argument. */
  awaitAnswer: onKernelObject(kind, 'awaitAnswer', {
    given: (process) => `process ${process}`,
    shows: (_, all) => `() → ${fromWhom(all)}`,
  }),
  awaitName: onKernelObject(kind, 'awaitName', { shows: (_, all) => `() → ${fromWhom(all)}` }),
  serve: onKernelObject(kind, 'serve', { shows: (_, all) => `() → ${fromWhom(all)}` }),
  /** This process writes no more to that inbox. */
  leave: onKernelObject(kind, 'leave'),
  close: onKernelObject(kind, 'close'),
};
