// Sending and receiving, for every kind of object that holds messages. Where it has room for some, a step is all it
// takes: a sender waits while it is full, a receiver while it is empty, and whoever comes first when that changes
// goes first. Where it has none, the two meet (C. A. R. Hoare, "Communicating sequential processes", CACM 21(8),
// 1978): who comes first joins those who wait, who comes second serves the one who has waited longest, as in Go.
import { always, type Operation } from '../shared/operation.ts';
import {
  close as closeRecord,
  give,
  giveNothing,
  handOver,
  hasMessage,
  hasRoom,
  isClosed,
  isMeeting,
  oldest,
  put,
  remove,
} from './messages.ts';
import { isHere, join, leave, longestWaiting, tell, told } from './waiters.ts';

/** The result of who has to wait for somebody to meet. */
export const JOINED = -1;

export type MessageOperation =
  | 'send'
  | 'sent'
  | 'trySend'
  | 'timedSend'
  | 'timedSent'
  | 'receive'
  | 'received'
  | 'tryReceive'
  | 'timedReceive'
  | 'timedReceived'
  | 'close'
  | 'abandon';

/**
 * The operations on objects of this kind. Senders give the message, as argument and two more words. The argument of
 * receivers is 0, or the number of the one sender that they ask for, plus one. Results: 1 where it was sent or received,
 * 0 where it was not.
 * @param signed whether the first word of a message is the number of its sender, put there by `send`
 */
export function messageOperations(kind: string, signed = false): Record<MessageOperation, Operation> {
  const row = (name: string, rest: Partial<Operation> & Pick<Operation, 'take'>): Operation => ({
    code: -1,
    on: kind,
    name,
    span: 'record',
    ready: always,
    ...rest,
  });

  const closed = (what: string) => `${what} of a ${kind} that is closed`;
  const sends: Partial<Operation> = {
    carries: 'out',
    misuse: (m, at) => (isClosed(m, at) ? closed('send') : undefined),
  };

  /** Sends, where that can be done at once. */
  const trySend = row('trySend', {
    ...sends,
    take: (m, at, me, argument, _second, more = 0, last = 0) => {
      const a = signed ? me : argument;
      const b = signed ? argument : more;
      const c = signed ? more : last;
      if (!isMeeting(m, at)) {
        if (!hasRoom(m, at)) return 0;
        put(m, at, a, b, c);
        return 1;
      }
      if (m[at] >= 0) return 0;
      const to = longestWaiting(m, at);
      give(m, at, to, a, b, c);
      tell(m, at, to);
      m[at]++;
      return 1;
    },
  });

  const sent = row('sent', {
    wakes: 'none',
    misuse: (m, at, me) => (isClosed(m, at) && !told(m, at, me) ? closed('send') : undefined),
    ready: (m, at, me) => told(m, at, me) || isClosed(m, at),
    take: (m, at, me) => {
      leave(m, at, me);
      return 1;
    },
  });
  const timedSent: Operation = {
    ...sent,
    name: 'timedSent',
    giveUp: (m, at, me) => {
      leave(m, at, me);
      m[at]--;
      return 0;
    },
  };

  const send = row('send', {
    ...sends,
    ready: (m, at) => isMeeting(m, at) || hasRoom(m, at) || isClosed(m, at),
    take: (m, at, me, argument, second, more = 0, last = 0) => {
      if (trySend.take(m, at, me, argument, second, more, last) === 1) return 1;
      give(m, at, me, argument, more, last);
      join(m, at, me);
      m[at]++;
      return JOINED;
    },
    follow: (result) => (result === JOINED ? sent : undefined),
  });
  const timedSend: Operation = {
    ...send,
    name: 'timedSend',
    follow: (result) => (result === JOINED ? timedSent : undefined),
    giveUp: () => 0,
  };

  /** Receives, where that can be done at once. */
  const tryReceive = row('tryReceive', {
    carries: 'in',
    take: (m, at, me, argument) => {
      if (isMeeting(m, at)) {
        if (m[at] <= 0) return 0;
        const from = longestWaiting(m, at);
        handOver(m, at, from, me);
        tell(m, at, from);
        m[at]--;
        return 1;
      }
      const n = oldest(m, at, argument - 1);
      if (n < 0) return 0;
      remove(m, at, n, me);
      return 1;
    },
  });

  const received = row('received', {
    carries: 'in',
    wakes: 'none',
    ready: told,
    take: (m, at, me) => {
      leave(m, at, me);
      return hasMessage(m, at, me) ? 1 : 0;
    },
  });
  const timedReceived: Operation = {
    ...received,
    name: 'timedReceived',
    giveUp: (m, at, me) => {
      leave(m, at, me);
      m[at]++;
      return 0;
    },
  };

  const receive = row('receive', {
    carries: 'in',
    ready: (m, at, _me, argument) => isMeeting(m, at) || isClosed(m, at) || oldest(m, at, argument - 1) >= 0,
    take: (m, at, me, argument, second) => {
      if (tryReceive.take(m, at, me, argument, second) === 1) return 1;
      if (isClosed(m, at)) return 0;
      join(m, at, me);
      m[at]--;
      return JOINED;
    },
    follow: (result) => (result === JOINED ? received : undefined),
  });
  const timedReceive: Operation = {
    ...receive,
    name: 'timedReceive',
    follow: (result) => (result === JOINED ? timedReceived : undefined),
    giveUp: () => 0,
  };

  const close = row('close', {
    misuse: (m, at) => (isClosed(m, at) ? closed('close') : undefined),
    take: (m, at) => {
      closeRecord(m, at);
      for (; m[at] < 0; m[at]++) {
        const p = longestWaiting(m, at);
        giveNothing(m, at, p);
        tell(m, at, p);
      }
      return 0;
    },
  });

  /** The death of a process that waits for somebody to meet: it offers nothing any more, and asks for nothing. */
  const abandon = row('abandon', {
    wakes: 'none',
    ofDeath: true,
    ready: isHere,
    take: (m, at, me) => {
      if (!told(m, at, me)) m[at] -= Math.sign(m[at]);
      leave(m, at, me);
      return 0;
    },
  });

  return {
    send,
    sent,
    trySend,
    timedSend,
    timedSent,
    receive,
    received,
    tryReceive,
    timedReceive,
    timedReceived,
    close,
    abandon,
  };
}
