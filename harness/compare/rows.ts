// Every mechanism that `lab compare` measures, in the order of its table.
import {
  type Channel,
  type Connection,
  channel,
  type Direct,
  direct,
  type Fifo,
  fifo,
  int32Array,
  type Mailbox,
  mailbox,
  mappedFile,
  type Pipe,
  type Port,
  type PosixQueue,
  pipe,
  posixQueue,
  posixSemaphore,
  posixSharedMemory,
  type Remote,
  type Rpc,
  remote,
  rpc,
  type Service,
  type Signals,
  type SocketPair,
  type SysvQueue,
  signal,
  socketPair,
  sysvQueue,
  sysvSharedMemory,
  tcp,
  udp,
  unixDatagram,
  unixSocket,
  xdr,
} from '../index.ts';
import { type Line, overStreams, type Row } from './line.ts';
import { counterGate, memoryBy, monitorGate, setGate } from './memory-rows.ts';

/** Two one-way streams of bytes. */
const streams = (name: string, real: string, way: () => Pipe): Row => ({
  name,
  real,
  share: () => [way(), way()],
  line: (ways: readonly Pipe[], side) =>
    overStreams(
      (data) => ways[side].writer.write(data),
      (most) => ways[1 - side].reader.read(most),
    ),
});

const overConnection = (end: Connection): Line =>
  overStreams(
    (data) => end.write(data),
    (most) => end.read(most),
  );

/** A service to which side 1 connects. */
const services = (name: string, real: string, service: () => Service): Row => ({
  name,
  real,
  share: service,
  line: (at: Service, side) => overConnection(side === 0 ? at.accept() : at.connect()),
});

/** Two ports for datagrams, one for each way. */
const ports = (name: string, real: string, port: () => Port, lossy: boolean): Row => ({
  name,
  real,
  share: () => [port(), port()],
  line: (ways: readonly Port[], side) =>
    overStreams(
      (data) => ways[side].send(data),
      () => ways[1 - side].receive(),
      lossy ? DATAGRAM : undefined,
    ),
  ...(lossy && { most: DATAGRAM, lossy }),
});

/** Bytes of a datagram that every system takes over loopback. */
const DATAGRAM = 32_768;
/** Bytes of a message that a queue takes. */
const LETTER = 8_192;

/** A line of messages of so many bytes, the first word of which is the mark. */
const overWords = (size: number, send: (mark: number) => void, receive: () => number): Line => ({
  send(bytes, mark) {
    send(mark);
    for (let left = bytes - size; left > 0; left -= size) send(0);
  },
  receive(bytes) {
    const mark = receive();
    for (let left = bytes - size; left > 0; left -= size) receive();
    return mark;
  },
});

/** Bytes of the largest argument of a call. */
const MOST_CALLED = 65_536;
/** Most bytes that are sent by messages of a few words. */
const WORDS = 16;

/** Two FIFOs, one for each way. Who opens one waits for the other, so both open them in one order. */
const fifos: Row = {
  name: 'fifo',
  real: 'mkfifo',
  share: () => [fifo(), fifo()],
  line: ([there, back]: readonly [Fifo, Fifo], side) => {
    const writer = side === 0 ? there.openWriter() : undefined;
    const reader = side === 0 ? back.openReader() : there.openReader();
    const out = writer ?? back.openWriter();
    return overStreams(
      (data) => out.write(data),
      (most) => reader.read(most),
    );
  },
};

type Echo = { readonly echo: readonly [typeof OPAQUE, typeof OPAQUE] };
const OPAQUE = xdr.opaque();

/** Every message is a call, and its answer the same message. */
const calls: Row = {
  name: 'rpc',
  real: 'ONC RPC over socket(AF_UNIX)',
  share: () => rpc<Echo>({ procedures: { echo: [OPAQUE, OPAQUE] } }),
  line: (program: Rpc<Echo>) => {
    const client = program.connect();
    const message = new Uint8Array(MOST_CALLED);
    let mark = -1;
    return {
      send(bytes, sent) {
        message[0] = sent;
        mark = client.call('echo', message.subarray(0, bytes))[0];
      },
      receive: () => mark,
      end() {
        client.close();
        program.stop();
      },
    };
  },
  serve: (program: Rpc<Echo>) => program.serve({ echo: (data) => data }),
  most: MOST_CALLED,
};

/** Bytes of the largest text that goes with a call of a remote object. */
const MOST_TOLD = 32_768;

/** Every message is a call of the one object, and its answer the same message. */
const remoteCalls: Row = {
  name: 'remote',
  real: 'socketpair(AF_UNIX, SOCK_SEQPACKET)',
  share: remote,
  line: (office: Remote) => {
    const echo = office.lookup<{ of(text: string): string }>('echo');
    let rest = '';
    let mark = -1;
    return {
      send(bytes, sent) {
        if (rest.length !== bytes - 1) rest = 'x'.repeat(bytes - 1);
        mark = echo.call('of', `${sent}${rest}`).charCodeAt(0) - 48;
      },
      receive: () => mark,
    };
  },
  serve: (office: Remote) => {
    office.export('echo', { of: (text: string) => text });
    office.serve();
  },
  most: MOST_TOLD,
};

export const rows: readonly Row[] = [
  memoryBy('shared memory', 'int32Array and semaphore: memfd, mmap, futex', (length) => int32Array(length)),
  memoryBy('posixSharedMemory', 'shm_open, mmap; futex', posixSharedMemory),
  memoryBy('sysvSharedMemory', 'shmget, shmat; futex', sysvSharedMemory),
  memoryBy('mappedFile', 'mmap of a file; futex', mappedFile),
  memoryBy('posixSemaphore', 'memfd, mmap; sem_init', int32Array, posixSemaphore),
  memoryBy('pthreadCondition', 'memfd, mmap; pthread_mutex_init, pthread_cond_init', int32Array, monitorGate),
  memoryBy('sysvSemaphore', 'memfd, mmap; semget', int32Array, setGate),
  memoryBy('eventCounter', 'memfd, mmap; eventfd', int32Array, counterGate),
  streams('pipe', 'pipe2', pipe),
  fifos,
  {
    name: 'socketPair',
    real: 'socketpair(AF_UNIX)',
    share: socketPair,
    line: ({ left, right }: SocketPair, side) => overConnection(side === 0 ? left : right),
  },
  services('unixSocket', 'socket(AF_UNIX, SOCK_STREAM)', unixSocket),
  services('tcp', 'socket(AF_INET, SOCK_STREAM) on loopback', tcp),
  ports('unixDatagram', 'socket(AF_UNIX, SOCK_DGRAM)', unixDatagram, false),
  ports('udp', 'socket(AF_INET, SOCK_DGRAM) on loopback', udp, true),
  {
    name: 'posixQueue',
    real: 'mq_open',
    share: () => [0, 1].map(() => posixQueue({ capacity: 10, messageSize: LETTER })),
    line: (ways: readonly PosixQueue[], side) =>
      overStreams(
        (data) => ways[side].send(data),
        () => ways[1 - side].receive().bytes,
        LETTER,
      ),
    most: LETTER,
  },
  {
    name: 'sysvQueue',
    real: 'msgget',
    share: () => [sysvQueue(), sysvQueue()],
    line: (ways: readonly SysvQueue[], side) =>
      overStreams(
        (data) => ways[side].send(data),
        () => ways[1 - side].receive().bytes,
        LETTER,
      ),
    most: LETTER,
  },
  {
    name: 'signal',
    real: 'pidfd_send_signal, rt_sigtimedwait: a real-time signal with a value',
    share: signal,
    line: (mail: Signals, side) =>
      overWords(
        4,
        (mark) => mail.queue(1 - side, 'SIGRTMIN+1', mark),
        () => mail.wait('SIGRTMIN+1').value,
      ),
    most: WORDS,
    // Not more of them may be pending than a process has room for.
    lossy: true,
  },
  calls,
  remoteCalls,
  {
    name: 'channel',
    real: 'two that meet over shared memory; futex',
    share: () => [channel(), channel()],
    line: (ways: readonly Channel[], side) =>
      overWords(
        4,
        (mark) => ways[side].send(mark),
        () => ways[1 - side].receive() ?? -1,
      ),
    most: WORDS,
  },
  {
    name: 'mailbox',
    real: 'messages of three words in shared memory; futex',
    share: () => [0, 1].map(() => mailbox(64, { words: 3 })),
    line: (ways: readonly Mailbox<3>[], side) =>
      overWords(
        12,
        (mark) => ways[side].send(mark, 0, 0),
        () => ways[1 - side].receive()[0],
      ),
    most: WORDS,
  },
  {
    name: 'direct',
    real: 'a box in shared memory for each process; futex',
    share: () => direct(64),
    line: (mail: Direct, side) =>
      overWords(
        4,
        (mark) => mail.send(1 - side, mark),
        () => mail.receiveFrom(1 - side),
      ),
    most: WORDS,
  },
];
