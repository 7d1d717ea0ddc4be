// Who waits at an object, kept in its record: a place for each process.
//
// | word after the head | meaning                                                                    |
// | ------------------- | -------------------------------------------------------------------------- |
// | 0                   | places: processes of the run                                               |
// | 1                   | tickets given out so far                                                   |
// | 2 + p               | 0: p is not here; > 0: p waits, with this ticket; -1: p was told to go on  |
import { arena, place } from '../shared/arena.ts';
import { HEAD, type Operation, type Words } from '../shared/operation.ts';
import type { Shared } from '../shared/way.ts';

const PLACES = HEAD;
const TICKETS = HEAD + 1;
const FIRST = HEAD + 2;

/** Kinds of objects whose record may be such a one. */
export const kindsWithWaiters: ReadonlySet<string> = new Set([
  'semaphore',
  'condition',
  'channel',
  'mailbox',
  'direct',
]);

/** Places an object whose record begins with the waiters, followed by `extra` words. */
export function placeWithWaiters(
  kind: string,
  initial: number,
  extra = 0,
  onDeath?: Operation,
  length = 1,
): Shared {
  const a = arena();
  const object = place(kind, waiterWords(a.processes) + extra, initial, length, onDeath);
  if (a.first) a.words[object.at + PLACES] = a.processes;
  return object;
}

/** Words of the waiters among so many processes. */
export const waiterWords = (processes: number): number => FIRST - HEAD + processes;

/** For how many processes there are places. */
export const places = (m: Words, at: number): number => m[at + PLACES];

/** First of the extra words behind the waiters. */
export const extraWord = (m: Words, at: number): number => at + FIRST + m[at + PLACES];

/** Puts `p` at the end of the queue. */
export function join(m: Words, at: number, p: number): void {
  m[at + FIRST + p] = ++m[at + TICKETS];
}

/** Takes `p` out, whether it waited or was told to go on. */
export function leave(m: Words, at: number, p: number): void {
  m[at + FIRST + p] = 0;
}

/** Whether `p` waits, or was told to go on and has not. */
export const isHere = (m: Words, at: number, p: number): boolean => m[at + FIRST + p] !== 0;

/** Tells `p` to go on. */
export function tell(m: Words, at: number, p: number): void {
  m[at + FIRST + p] = -1;
}

/** Whether `p` was told to go on. */
export const told = (m: Words, at: number, p: number): boolean => m[at + FIRST + p] === -1;

/** How many wait and have not been told yet. */
export function waiting(m: Words, at: number): number {
  let n = 0;
  for (let p = at + FIRST, end = p + m[at + PLACES]; p < end; p++) if (m[p] > 0) n++;
  return n;
}

/** The process that waits at position `n`, counted by process number; -1 where there is none. */
export function nthWaiting(m: Words, at: number, n: number): number {
  for (let p = 0, seen = 0, end = m[at + PLACES]; p < end; p++) {
    if (m[at + FIRST + p] > 0 && seen++ === n) return p;
  }
  return -1;
}

/** The process that has waited longest; -1 where none waits. */
export function longestWaiting(m: Words, at: number): number {
  let found = -1;
  for (let p = 0, end = m[at + PLACES]; p < end; p++) {
    const ticket = m[at + FIRST + p];
    if (ticket > 0 && (found < 0 || ticket < m[at + FIRST + found])) found = p;
  }
  return found;
}
