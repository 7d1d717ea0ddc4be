// Whether the messages of a trace can be believed: every sending and receiving is done again, on words of the
// referee's own, so that nothing is received that was not sent, nothing twice, and everything in its order.
import { Bit, Field } from '../process/trace-record.ts';
import type { Words } from '../shared/operation.ts';
import { handOf, kindsWithMessages, wordsForMessages } from '../sync/messages.ts';
import { operations } from '../sync/operations.ts';
import type { RunView } from './run-view.ts';

export class MessageAudit {
  readonly #view: RunView;
  readonly #words = new Map<number, Words>();

  constructor(view: RunView) {
    this.#view = view;
  }

  /** What is wrong with the step whose record begins at word `at`; undefined if nothing is, or it is about no message. */
  wrong(at: number): string | undefined {
    const { trace, doubles, objects, processes } = this.#view;
    const { on, name, carries, misuse, ready, take, giveUp } = operations[trace[at + Field.OPERATION]];
    if (!kindsWithMessages.has(on)) return undefined;
    const id = trace[at + Field.OBJECT];
    const { length, words = 1 } = objects[id];
    let m = this.#words.get(id);
    if (m === undefined) {
      m = wordsForMessages(processes, length, words);
      this.#words.set(id, m);
    }
    const p = trace[at + Field.PROCESS] % processes;
    const [first, more, last] = [trace[at + Field.ARGUMENT], trace[at + Field.MORE], trace[at + Field.LAST]];
    const result = trace[at + Field.RESULT];
    const gaveUp = (trace[at + Field.BITS] & Bit.GAVE_UP) !== 0;
    const received = carries === 'in' && result === 1;
    // Whom it asked for is not recorded: the sender, or anybody.
    const argument = carries === 'out' ? first : received && on === 'direct' ? first + 1 : 0;
    if (misuse?.(m, 0, p, argument) !== undefined || ready(m, 0, p, argument) === gaveUp)
      return `${name} was ${gaveUp ? 'given up though it could happen' : 'taken though it could not happen'}`;
    const came = gaveUp ? giveUp?.(m, 0, p, argument) : take(m, 0, p, argument, 0, more, last);
    if (came !== result || m[0] !== doubles[(at + Field.AFTER) >> 1])
      return `${name} cannot have come to ${result}`;
    if (!received) return undefined;
    const hand = handOf(m, 0, p);
    return m[hand] === first && m[hand + 1] === more && m[hand + 2] === last
      ? undefined
      : `${name} gave ${first}, where ${m[hand]} was the message`;
  }
}
