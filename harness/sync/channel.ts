// A channel carries whole numbers from those who send to those who receive, in order. Without a capacity the two
// meet: neither goes on before the other has come.
import { arena, made } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';
import { messageOperations } from './message-operations.ts';
import { checkCapacity, placeWithMessages, wordOf } from './messages.ts';

export const channelOperations = messageOperations('channel');
const operations = channelOperations;

/** A channel that all processes of the run see. Messages are whole numbers of 32 bits. */
export interface Channel {
  /** Blocks while the channel is full; without a capacity, until somebody receives. Once closed: misuse. */
  send(message: number): void;
  /** As `send`, but never blocks; says whether it was sent. */
  trySend(message: number): boolean;
  /** As `send`; gives up after `milliseconds` and returns false. */
  timedSend(message: number, milliseconds: number): boolean;
  /** Blocks until there is a message. Undefined where the channel is closed and none is left. */
  receive(): number | undefined;
  /** As `receive`, but never blocks; undefined where there is none. */
  tryReceive(): number | undefined;
  /** As `receive`; gives up after `milliseconds` and returns undefined. */
  timedReceive(milliseconds: number): number | undefined;
  /** Says that no more is sent. What is there can still be received. Twice is misuse. */
  close(): void;
}

class NumberChannel implements Channel {
  readonly #object: Shared;
  readonly #way: Way;
  constructor(object: Shared, way: Way) {
    this.#object = object;
    this.#way = way;
  }
  send(message: number): void {
    this.#way.act(operations.send, this.#object, wordOf(message, 'send'));
  }
  trySend(message: number): boolean {
    return this.#way.test(operations.trySend, this.#object, wordOf(message, 'trySend'));
  }
  timedSend(message: number, milliseconds: number): boolean {
    const word = wordOf(message, 'timedSend');
    return this.#way.test(operations.timedSend, this.#object, word, duration(milliseconds));
  }
  receive(): number | undefined {
    return this.#way.receive(operations.receive, this.#object, 0, 0, 0) as number | undefined;
  }
  tryReceive(): number | undefined {
    return this.#way.receive(operations.tryReceive, this.#object, 0, 0, 0) as number | undefined;
  }
  timedReceive(milliseconds: number): number | undefined {
    const limit = duration(milliseconds);
    return this.#way.receive(operations.timedReceive, this.#object, 0, limit, 0) as number | undefined;
  }
  close(): void {
    this.#way.act(operations.close, this.#object, 0);
  }
}

sealed(NumberChannel);

/**
 * Creates a channel.
 * @param capacity messages that it holds, 0 to 4096. Default 0: sender and receiver meet.
 */
export function channel(capacity = 0): Channel {
  checkCapacity('channel', capacity, 0);
  const object = placeWithMessages('channel', capacity, 1, operations.abandon);
  return made(new NumberChannel(object, arena().way), object);
}
