// Everything that carries messages between processes, brought to one form, so that one suite of laws holds for all of it:
// an end that sends bytes, and an end that receives them. What follows is text for a worker. A process has its end by
// `sends(o)` or `receives(o)`, o being the shared object; there `me`, `senders` and `receivers`, how many there are, are known.
import { readFileSync } from 'node:fs';

export interface MessageMechanism {
  readonly name: string;
  /** The kind that a problem allows. */
  readonly kind: string;
  /** What `share` makes, where there is to be room for some; and where it is to be full soon. */
  readonly share: string;
  readonly small: string;
  /** Bytes of the messages that are sent through the small one. Default 4. */
  readonly size?: number;
  /** So many of them it holds. Default: the kernel's own bookkeeping decides, but there is an end to it. */
  readonly holds?: number;
  /** Bytes of the messages that fill it in runs at full speed, where `holds` is not true of them. Default: it is. */
  readonly freely?: number;
  /** Functions of the object: `{ send(bytes), close() }` and `{ receive(most), close() }`; undefined is the end. */
  readonly sends: string;
  readonly receives: string;
  /** Whether whoever comes first receives, whoever has sent. Otherwise each receiver has a sender of its own. */
  readonly shared: boolean;
  /** When receivers see the end: once no sender has it open any more, once it is said, or never. */
  readonly ends: 'left' | 'said' | 'never';
  /** Whether senders are told once no receiver has it open any more. */
  readonly breaks: boolean;
  /** What becomes of a message for which there is no room: it is lost, or refused (EAGAIN). Default: its sender waits. */
  readonly full?: 'loses' | 'refuses';
  /** Whether there can be only one of its kind. */
  readonly once?: boolean;
  /** Whether a message is received as it was sent, or bytes are all there is. `word`: it is always 4 bytes. */
  readonly boundaries: 'kept' | 'none' | 'word';
  /** The longest message; something that is too much, sent by `line` or `o`; the error's code or name. */
  readonly limit: {
    readonly share: string;
    readonly most: number;
    readonly over: string;
    readonly error: string;
  };
}

/** A message of a stream is never longer than the process's buffer. */
const BUFFER = { most: 65_536, over: 'line.send(new Uint8Array(65_537))', error: 'RangeError' };
/** A message is a word. */
const WORD = { most: 4, over: 'o.send(2 ** 31)', error: 'TypeError' };

const stream = { boundaries: 'none', ends: 'left', breaks: true } as const;
const reads = 'receive: (most) => { const got = end.read(most); return got.length === 0 ? undefined : got; }';
const writes = 'send: (data) => end.write(data)';
const connection = {
  ...stream,
  shared: false,
  sends: `(o) => { const end = o.connect(); o.close(); return { ${writes}, close: () => end.close() }; }`,
  receives: `(o) => { const end = o.accept(); o.close(); return { ${reads}, close: () => end.close() }; }`,
} as const;

/** Nobody is told that the others have gone: that takes a message. */
const silent = { ends: 'never', breaks: false, boundaries: 'kept' } as const;
const port = {
  ...silent,
  shared: true,
  sends: '(o) => ({ send: (data) => o.send(data), close: () => o.close() })',
  receives: '(o) => ({ receive: (most) => o.receive(most), close: () => o.close() })',
} as const;
const queue = {
  ...silent,
  shared: true,
  sends: '(o) => ({ send: (data) => o.send(data), close() {} })',
  receives: '(o) => ({ receive: () => o.receive().bytes, close() {} })',
} as const;

/** Messages of the lab's own are whole numbers. */
const word = { ...silent, shared: true, boundaries: 'word' } as const;
const inbox = {
  ...word,
  sends: '(o) => ({ send: (data) => o.send(int32In(data)), close() {} })',
  receives: '(o) => ({ receive: () => packed(o.receive()), close() {} })',
} as const;
const channel = {
  ...word,
  ends: 'said',
  // The last one says that no more is sent: shared.left counts the senders.
  sends:
    '(o) => ({ send: (data) => o.send(int32In(data)), close: () => { if (shared.left.add(-1) === 1) o.close(); } })',
  receives:
    '(o) => ({ receive: () => { const n = o.receive(); return n === undefined ? n : packed(n); }, close() {} })',
} as const;

/** Datagrams that wait at most, but for one (unix(7)). */
const datagrams = Number(readFileSync('/proc/sys/net/unix/max_dgram_qlen', 'utf8'));

export const mechanisms: readonly MessageMechanism[] = [
  {
    ...stream,
    name: 'pipe',
    kind: 'pipe',
    share: 'pipe()',
    // A page; it has room again when all of it is read.
    small: 'pipe({ capacity: 4096 })',
    size: 2048,
    holds: 2,
    shared: true,
    sends: `(o) => { o.reader.close(); const end = o.writer; return { ${writes}, close: () => end.close() }; }`,
    receives: `(o) => { o.writer.close(); const end = o.reader; return { ${reads}, close: () => end.close() }; }`,
    limit: { share: 'pipe()', ...BUFFER },
  },
  {
    ...stream,
    name: 'fifo',
    kind: 'fifo',
    share: 'fifo()',
    small: 'fifo({ capacity: 4096 })',
    size: 2048,
    holds: 2,
    shared: true,
    sends: `(o) => { const end = o.openWriter(); return { ${writes}, close: () => end.close() }; }`,
    receives: `(o) => { const end = o.openReader(); return { ${reads}, close: () => end.close() }; }`,
    limit: { share: 'fifo()', ...BUFFER },
  },
  {
    ...stream,
    name: 'socketPair',
    kind: 'socketPair',
    share: 'socketPair()',
    small: 'socketPair({ capacity: 4096 })',
    size: 1000,
    shared: true,
    sends: `(o) => { o.right.close(); const end = o.left; return { ${writes}, close: () => end.close() }; }`,
    receives: `(o) => { o.left.close(); const end = o.right; return { ${reads}, close: () => end.close() }; }`,
    limit: { share: 'socketPair()', ...BUFFER },
  },
  {
    ...connection,
    name: 'unixSocket',
    kind: 'unixSocket',
    share: 'unixSocket()',
    small: 'unixSocket({ capacity: 4096 })',
    size: 1000,
    limit: { share: 'unixSocket()', ...BUFFER },
  },
  {
    ...connection,
    name: 'tcp',
    kind: 'tcp',
    share: 'tcp()',
    small: 'tcp({ capacity: 16 })',
    holds: 4,
    freely: 65_536,
    limit: { share: 'tcp()', ...BUFFER },
  },
  {
    ...port,
    name: 'unixDatagram',
    kind: 'unixDatagram',
    share: 'unixDatagram()',
    small: 'unixDatagram()',
    holds: datagrams + 1,
    limit: {
      share: 'unixDatagram({ capacity: 8192 })',
      most: 8192,
      over: 'line.send(new Uint8Array(65_536))',
      error: 'EMSGSIZE',
    },
  },
  {
    ...port,
    name: 'udp',
    kind: 'udp',
    share: 'udp()',
    small: 'udp({ capacity: 2048 })',
    full: 'loses',
    limit: { share: 'udp()', most: 65_507, over: 'line.send(new Uint8Array(65_508))', error: 'EMSGSIZE' },
  },
  {
    ...queue,
    name: 'posixQueue',
    kind: 'posixQueue',
    share: 'posixQueue()',
    small: 'posixQueue({ capacity: 2 })',
    holds: 2,
    limit: {
      share: 'posixQueue({ messageSize: 256 })',
      most: 256,
      over: 'line.send(new Uint8Array(257))',
      error: 'EMSGSIZE',
    },
  },
  {
    ...queue,
    name: 'sysvQueue',
    kind: 'sysvQueue',
    share: 'sysvQueue()',
    small: 'sysvQueue({ bytes: 8 })',
    holds: 2,
    limit: { share: 'sysvQueue()', most: 8192, over: 'line.send(new Uint8Array(8193))', error: 'EINVAL' },
  },
  {
    ...channel,
    name: 'channel',
    kind: 'channel',
    share: 'channel(64)',
    small: 'channel(2)',
    holds: 2,
    limit: { share: 'channel(2)', ...WORD },
  },
  {
    ...channel,
    name: 'channel without a capacity',
    kind: 'channel',
    share: 'channel()',
    small: 'channel()',
    holds: 0,
    limit: { share: 'channel()', ...WORD },
  },
  {
    ...inbox,
    name: 'mailbox',
    kind: 'mailbox',
    share: 'mailbox(64)',
    small: 'mailbox(2)',
    holds: 2,
    limit: { share: 'mailbox(2)', ...WORD },
  },
  {
    ...word,
    name: 'direct',
    kind: 'direct',
    share: 'direct(64)',
    small: 'direct(2)',
    holds: 2,
    shared: false,
    sends:
      '(o) => ({ send: (data) => o.send(senders + (me.number % receivers), int32In(data)), close() {} })',
    receives: '(o) => ({ receive: () => packed(o.receive()[1]), close() {} })',
    limit: { share: 'direct(2)', ...WORD, over: 'o.send(1, 2 ** 31)' },
  },
  {
    ...word,
    name: 'signal with a value',
    kind: 'signal',
    share: 'signal()',
    small: 'signal({ pending: 2 })',
    holds: 2,
    once: true,
    full: 'refuses',
    shared: false,
    breaks: true,
    sends:
      "(o) => ({ send: (data) => o.queue(senders + (me.number % receivers), 'SIGRTMIN', int32In(data)), close() {} })",
    receives: "(o) => ({ receive: () => packed(o.wait('SIGRTMIN').value), close() {} })",
    limit: { share: 'signal()', most: 4, over: "o.queue(1, 'SIGRTMIN', 2 ** 31)", error: 'RangeError' },
  },
];
