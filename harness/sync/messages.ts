// Messages in an object's record. Behind the waiters (waiters.ts) come
//
// | word   | meaning                                                                                      |
// | ------ | -------------------------------------------------------------------------------------------- |
// | 0      | capacity; 0 where sender and receiver meet                                                   |
// | 1      | words of a message, 1 to 3                                                                   |
// | 2      | 1 once it is closed                                                                          |
// | 3 + 4p | the hands of process p: 1 and a message of three words, given or to be given; 0 for no more |
// | 3 + 4n | the messages, oldest first, n being the processes of the run                                 |
//
// Word 0 of the object counts the messages. Where sender and receiver meet, those who wait have their messages in
// their hands: it counts the senders, or, below 0, the receivers. Never both wait.
import { arena } from '../shared/arena.ts';
import { HEAD, type Operation, type Words } from '../shared/operation.ts';
import type { Message, Shared } from '../shared/way.ts';
import { extraWord, places, placeWithWaiters, waiterWords } from './waiters.ts';

/** Kinds of objects that hold messages. */
export const kindsWithMessages: ReadonlySet<string> = new Set(['channel', 'mailbox', 'direct']);

/** Words of a message, at most. */
export const MOST_WORDS = 3;
/** Messages that an object can hold, at most. */
export const MOST_MESSAGES = 4096;

const CAPACITY = 0;
const SIZE = 1;
const CLOSED = 2;
const HANDS = 3;
const HAND = 1 + MOST_WORDS;

/** An object while it is made. */
export type Placed = { -readonly [K in keyof Shared]: Shared[K] };

/** Places an object that holds up to `capacity` messages of `size` words. */
export function placeWithMessages(kind: string, capacity: number, size: number, onDeath?: Operation): Placed {
  const a = arena();
  const extra = HANDS + HAND * a.processes + capacity * size;
  const object: Placed = placeWithWaiters(kind, 0, extra, onDeath, capacity);
  object.words = size;
  if (a.first) {
    const record = extraWord(a.words, object.at);
    a.words[record + CAPACITY] = capacity;
    a.words[record + SIZE] = size;
  }
  return object;
}

/** Whether sender and receiver meet, so that nothing is ever held. */
export const isMeeting = (m: Words, at: number): boolean => m[extraWord(m, at) + CAPACITY] === 0;
export const hasRoom = (m: Words, at: number): boolean => m[at] < m[extraWord(m, at) + CAPACITY];
export const isClosed = (m: Words, at: number): boolean => m[extraWord(m, at) + CLOSED] === 1;
export const close = (m: Words, at: number): void => {
  m[extraWord(m, at) + CLOSED] = 1;
};

/** The words of such an object in a run of so many processes, outside any run, to play with. It begins at word 0. */
export function wordsForMessages(processes: number, capacity: number, size: number): Words {
  const record = HEAD + waiterWords(processes);
  const m = new Int32Array(record + HANDS + HAND * processes + capacity * size);
  m[HEAD] = processes;
  m[record + CAPACITY] = capacity;
  m[record + SIZE] = size;
  return m;
}

/** Where the three words of what process `p` has in hand begin. */
export const handOf = (m: Words, at: number, p: number): number => extraWord(m, at) + HANDS + HAND * p + 1;
/** Whether process `p` was given a message, and not told that none comes. */
export const hasMessage = (m: Words, at: number, p: number): boolean => m[handOf(m, at, p) - 1] === 1;

/** Puts a message into the hands of `p`. */
export function give(m: Words, at: number, p: number, a: number, b: number, c: number): void {
  const hand = handOf(m, at, p);
  m[hand - 1] = 1;
  m[hand] = a;
  m[hand + 1] = b;
  m[hand + 2] = c;
}

/** Tells `p` that no message comes. */
export function giveNothing(m: Words, at: number, p: number): void {
  give(m, at, p, 0, 0, 0);
  m[handOf(m, at, p) - 1] = 0;
}

/** What `from` has in hand goes to `to`. */
export function handOver(m: Words, at: number, from: number, to: number): void {
  const hand = handOf(m, at, from);
  give(m, at, to, m[hand], m[hand + 1], m[hand + 2]);
}

const messageAt = (m: Words, at: number, n: number): number => {
  const record = extraWord(m, at);
  return record + HANDS + HAND * places(m, at) + n * m[record + SIZE];
};

/** Puts a message behind all others. There must be room. */
export function put(m: Words, at: number, a: number, b: number, c: number): void {
  const to = messageAt(m, at, m[at]++);
  const size = m[extraWord(m, at) + SIZE];
  m[to] = a;
  if (size > 1) m[to + 1] = b;
  if (size > 2) m[to + 2] = c;
}

/** The place of the oldest message whose first word is `sender`, or of any where that is below 0; -1 for none. */
export function oldest(m: Words, at: number, sender: number): number {
  for (let n = 0; n < m[at]; n++) if (sender < 0 || m[messageAt(m, at, n)] === sender) return n;
  return -1;
}

/** Message number `n` goes to `p`, and those behind it move up, so that equal contents are equal words. */
export function remove(m: Words, at: number, n: number, p: number): void {
  const size = m[extraWord(m, at) + SIZE];
  const from = messageAt(m, at, n);
  give(m, at, p, m[from], size > 1 ? m[from + 1] : 0, size > 2 ? m[from + 2] : 0);
  const end = messageAt(m, at, --m[at]);
  for (let i = from; i < end; i++) m[i] = m[i + size];
  for (let i = end; i < end + size; i++) m[i] = 0;
}

/** What `p` has received, as its role gets it: without its first `skip` words. */
export function messageIn(m: Words, at: number, p: number, skip: number): Message {
  const hand = handOf(m, at, p) + skip;
  const size = m[extraWord(m, at) + SIZE] - skip;
  if (size === 1) return m[hand];
  return size === 2 ? [m[hand], m[hand + 1]] : [m[hand], m[hand + 1], m[hand + 2]];
}

/** The word that a solution wants to send. Throws where `value` is none. */
export function wordOf(value: unknown, call: string): number {
  if (typeof value === 'number' && value === (value | 0)) return value | 0;
  throw new TypeError(
    `${call}(${typeof value === 'number' ? value : `a value of type ${typeof value}`}): messages are made of whole numbers from -2147483648 to 2147483647.`,
  );
}

/** Throws where no object can hold `capacity` messages. */
export function checkCapacity(kind: string, capacity: unknown, least: number): void {
  if (
    typeof capacity === 'number' &&
    Number.isInteger(capacity) &&
    capacity >= least &&
    capacity <= MOST_MESSAGES
  )
    return;
  throw new RangeError(
    `${kind}(${String(capacity)}): the capacity must be a whole number from ${least} to ${MOST_MESSAGES}.`,
  );
}

/** Throws where no message can have `words` words. */
export function checkWords(kind: string, words: unknown, most: number): void {
  if (typeof words === 'number' && Number.isInteger(words) && words >= 1 && words <= most) return;
  throw new RangeError(
    `${kind} with words: ${String(words)}: a message has from 1 to ${most} of them. Send more in several messages, or put them into a shared array and send where they are.`,
  );
}
