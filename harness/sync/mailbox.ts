// A mailbox: communication that is indirect. Senders and receivers know the box, not each other. A message is one
// whole number or a few, which belong together.
import { arena, made } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import { sealed } from '../shared/sealed.ts';
import type { Message, Shared, Way } from '../shared/way.ts';
import { messageOperations } from './message-operations.ts';
import { checkCapacity, checkWords, MOST_WORDS, placeWithMessages, wordOf } from './messages.ts';

const { send, trySend, timedSend, receive, tryReceive, timedReceive } = messageOperations('mailbox');
export const mailboxOperations = { send, trySend, timedSend, receive, tryReceive, timedReceive };

/** What `send` is given for messages of so many words, and what `receive` gives for them. */
export interface Messages {
  readonly 1: { readonly given: readonly [number]; readonly received: number };
  readonly 2: { readonly given: readonly [number, number]; readonly received: [number, number] };
  readonly 3: {
    readonly given: readonly [number, number, number];
    readonly received: [number, number, number];
  };
}

/** A mailbox that all processes of the run see. Messages are one, two or three whole numbers of 32 bits. */
export interface Mailbox<Words extends 1 | 2 | 3 = 1> {
  /** Puts a message behind all others; blocks while the box is full. */
  send(...message: Messages[Words]['given']): void;
  /** As `send`, but never blocks; says whether it was sent. */
  trySend(...message: Messages[Words]['given']): boolean;
  /** As `send`; gives up after `milliseconds` and returns false. */
  timedSend(...given: [...message: Messages[Words]['given'], milliseconds: number]): boolean;
  /** Takes the oldest message; blocks while there is none. */
  receive(): Messages[Words]['received'];
  /** As `receive`, but never blocks; undefined where there is none. */
  tryReceive(): Messages[Words]['received'] | undefined;
  /** As `receive`; gives up after `milliseconds` and returns undefined. */
  timedReceive(milliseconds: number): Messages[Words]['received'] | undefined;
}

/**
 * The words of a message, of which there must be so many. Throws where one is none.
 * @param more further arguments behind them
 */
export function wordsOf(
  message: readonly unknown[],
  words: number,
  call: string,
  more = 0,
): [number, number, number] {
  if (message.length !== words + more) {
    const count = Math.max(0, message.length - more);
    throw new TypeError(
      `${call} with ${count} number${count === 1 ? '' : 's'}${more > 0 ? ' and a time' : ''}: a message of this ${words === 1 ? 'has one number' : `has ${words}`}${more > 0 ? ', and the time comes behind them' : ''}. Give all of them, or create it with another number of words.`,
    );
  }
  return [
    wordOf(message[0], call),
    words > 1 ? wordOf(message[1], call) : 0,
    words > 2 ? wordOf(message[2], call) : 0,
  ];
}

class BoundedMailbox {
  readonly #object: Shared;
  readonly #way: Way;
  readonly #words: number;
  constructor(object: Shared, words: number, way: Way) {
    this.#object = object;
    this.#words = words;
    this.#way = way;
  }
  send(...message: number[]): void {
    const words = wordsOf(message, this.#words, 'send');
    this.#way.act(send, this.#object, words[0], words[1], words[2]);
  }
  trySend(...message: number[]): boolean {
    const words = wordsOf(message, this.#words, 'trySend');
    return this.#way.test(trySend, this.#object, words[0], 0, words[1], words[2]);
  }
  timedSend(...given: number[]): boolean {
    const words = wordsOf(given, this.#words, 'timedSend', 1);
    const limit = duration(given[this.#words]);
    return this.#way.test(timedSend, this.#object, words[0], limit, words[1], words[2]);
  }
  receive(): Message | undefined {
    return this.#way.receive(receive, this.#object, 0, 0, 0);
  }
  tryReceive(): Message | undefined {
    return this.#way.receive(tryReceive, this.#object, 0, 0, 0);
  }
  timedReceive(milliseconds: number): Message | undefined {
    return this.#way.receive(timedReceive, this.#object, 0, duration(milliseconds), 0);
  }
}

sealed(BoundedMailbox);

/**
 * Creates a mailbox.
 * @param capacity messages that it holds, 1 to 4096.
 * @param options.words whole numbers of a message, 1 to 3. Default 1.
 */
export function mailbox<const Words extends 1 | 2 | 3 = 1>(
  capacity: number,
  options: { words?: Words } = {},
): Mailbox<Words> {
  checkCapacity('mailbox', capacity, 1);
  const words = options.words ?? 1;
  checkWords('mailbox', words, MOST_WORDS);
  const object = placeWithMessages('mailbox', capacity, words);
  return made(new BoundedMailbox(object, words, arena().way), object) as unknown as Mailbox<Words>;
}
