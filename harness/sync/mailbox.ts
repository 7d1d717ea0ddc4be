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
  /** As `send`; gives up after `milliseconds` and returns false. The time comes before the message. */
  timedSend(milliseconds: number, ...message: Messages[Words]['given']): boolean;
  /** Takes the oldest message; blocks while there is none. */
  receive(): Messages[Words]['received'];
  /** As `receive`, but never blocks; undefined where there is none. */
  tryReceive(): Messages[Words]['received'] | undefined;
  /** As `receive`; gives up after `milliseconds` and returns undefined. */
  timedReceive(milliseconds: number): Messages[Words]['received'] | undefined;
}

/** The words of a message, of which there must be so many. Throws where one is none. */
export function wordsOf(message: readonly unknown[], words: number, call: string): [number, number, number] {
  if (message.length !== words) {
    throw new TypeError(
      `${call} with ${message.length} number${message.length === 1 ? '' : 's'}: a message of this ${words === 1 ? 'has one number' : `has ${words}`}. Give all of them, or create it with words: ${message.length}.`,
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
  timedSend(milliseconds: number, ...message: number[]): boolean {
    const words = wordsOf(message, this.#words, 'timedSend');
    return this.#way.test(timedSend, this.#object, words[0], duration(milliseconds), words[1], words[2]);
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
