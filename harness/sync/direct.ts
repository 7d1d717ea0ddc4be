// Communication that is direct: a message is sent to a process, and whoever receives it learns who has sent it. Each
// process has a box of its own, from which only it receives; the first word of a message is the number of its sender.
import { arena, made } from '../shared/arena.ts';
import { type Cast, namesOf, processOf } from '../shared/cast.ts';
import { duration } from '../shared/duration.ts';
import { sealed } from '../shared/sealed.ts';
import type { Message, Shared, Way } from '../shared/way.ts';
import { type Messages, wordsOf } from './mailbox.ts';
import { messageOperations } from './message-operations.ts';
import { checkCapacity, checkWords, MOST_WORDS, placeWithMessages } from './messages.ts';

const { send, trySend, timedSend, receive, tryReceive, timedReceive } = messageOperations('direct', true);
export const directOperations = { send, trySend, timedSend, receive, tryReceive, timedReceive };

type Received<Words extends 1 | 2> = [from: number, ...message: Messages[Words]['given']];

/** Messages between processes, by their numbers. Messages are one or two whole numbers of 32 bits. */
export interface Direct<Words extends 1 | 2 = 1> {
  /** The number of a process: the one of a role, or the one with this number in it. */
  process(role: string, number?: number): number;
  /** The caller's own number. */
  readonly self: number;
  /** Sends to process `to`; blocks while its box is full. */
  send(to: number, ...message: Messages[Words]['given']): void;
  /** As `send`, but never blocks; says whether it was sent. */
  trySend(to: number, ...message: Messages[Words]['given']): boolean;
  /** As `send`; gives up after `milliseconds` and returns false. */
  timedSend(to: number, ...given: [...message: Messages[Words]['given'], milliseconds: number]): boolean;
  /** Takes the oldest message to the caller, the number of its sender before it; blocks while there is none. */
  receive(): Received<Words>;
  /** As `receive`, but never blocks; undefined where there is none. */
  tryReceive(): Received<Words> | undefined;
  /** As `receive`; gives up after `milliseconds` and returns undefined. */
  timedReceive(milliseconds: number): Received<Words> | undefined;
  /** Takes the oldest message that process `from` has sent to the caller, and leaves all others where they are. */
  receiveFrom(from: number): Messages[Words]['received'];
}

class Letters {
  readonly #boxes: readonly Shared[];
  readonly #words: number;
  readonly #cast: Cast;
  readonly self: number;
  readonly #way: Way;
  constructor(boxes: readonly Shared[], words: number, cast: Cast, me: number, way: Way) {
    this.#boxes = boxes;
    this.#words = words;
    this.#cast = cast;
    this.self = me;
    this.#way = way;
  }
  #numbered(process: number, call: string): number {
    if (
      typeof process === 'number' &&
      process >= 0 &&
      process < this.#boxes.length &&
      (process | 0) === process
    )
      return process;
    throw new RangeError(
      `${call}: there is no process ${typeof process === 'number' ? process : `of type ${typeof process}`}, they have the numbers 0 to ${this.#boxes.length - 1}. Ask process(role, number) for it.`,
    );
  }
  process(role: string, number = 0): number {
    return processOf(this.#cast, role, number);
  }
  send(to: number, ...message: number[]): void {
    const box = this.#boxes[this.#numbered(to, 'send')];
    const words = wordsOf(message, this.#words, 'send');
    this.#way.act(send, box, words[0], words[1]);
  }
  trySend(to: number, ...message: number[]): boolean {
    const box = this.#boxes[this.#numbered(to, 'trySend')];
    const words = wordsOf(message, this.#words, 'trySend');
    return this.#way.test(trySend, box, words[0], 0, words[1]);
  }
  timedSend(to: number, ...given: number[]): boolean {
    const box = this.#boxes[this.#numbered(to, 'timedSend')];
    const words = wordsOf(given, this.#words, 'timedSend', 1);
    return this.#way.test(timedSend, box, words[0], duration(given[this.#words]), words[1]);
  }
  receive(): Message | undefined {
    return this.#way.receive(receive, this.#boxes[this.self], 0, 0, 0);
  }
  tryReceive(): Message | undefined {
    return this.#way.receive(tryReceive, this.#boxes[this.self], 0, 0, 0);
  }
  timedReceive(milliseconds: number): Message | undefined {
    return this.#way.receive(timedReceive, this.#boxes[this.self], 0, duration(milliseconds), 0);
  }
  receiveFrom(from: number): Message | undefined {
    const sender = this.#numbered(from, 'receiveFrom');
    return this.#way.receive(receive, this.#boxes[this.self], sender + 1, 0, 1);
  }
}

sealed(Letters);

/**
 * Creates a box for each process, to which all can send.
 * @param capacity messages that each box holds, 1 to 4096. Default 1.
 * @param options.words whole numbers of a message, 1 or 2. Default 1.
 */
export function direct<const Words extends 1 | 2 = 1>(
  capacity = 1,
  options: { words?: Words } = {},
): Direct<Words> {
  checkCapacity('direct', capacity, 1);
  const words = options.words ?? 1;
  checkWords('direct', words, MOST_WORDS - 1);
  const { cast, me, way } = arena();
  const boxes: Shared[] = [];
  const names = namesOf(cast);
  for (let p = 0; p < names.length; p++) {
    const box = placeWithMessages('direct', capacity, words + 1);
    box.part = { of: boxes[0]?.id ?? box.id, name: names[p], owner: p };
    boxes.push(box);
  }
  return made(new Letters(boxes, words, cast, me, way), boxes[0]) as unknown as Direct<Words>;
}
