// Every mechanism that `lab compare` measures, in the order of its table.
import {
  type Channel,
  type Connection,
  channel,
  type Direct,
  direct,
  eventCounter,
  int32,
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
  pthreadCondition,
  pthreadMutex,
  type Service,
  type SharedArray,
  type SocketPair,
  type SysvQueue,
  semaphore,
  socketPair,
  sysvQueue,
  sysvSemaphore,
  sysvSharedMemory,
  tcp,
  udp,
  unixDatagram,
  unixSocket,
} from '../index.ts';
import { type Line, overStreams, type Row } from './line.ts';

/** Counts units: a semaphore, or what can be one. */
interface Gate {
  wait(): void;
  post(): void;
}

/** One way of a line over shared memory: a slot for a message, and two gates that say whether it is full. */
interface Slot {
  readonly words: SharedArray<number>;
  readonly full: Gate;
  readonly empty: Gate;
}

type Words = (length: number) => SharedArray<number>;

const slotOf = (words: Words, gate: (units: number) => Gate): Slot => ({
  words: words(SLOT / 4),
  full: gate(0),
  empty: gate(1),
});

/** A semaphore of a set of its own. */
function setGate(units: number): Gate {
  const set = sysvSemaphore([units]);
  return { wait: () => set.semop([[0, -1]]), post: () => set.semop([[0, 1]]) };
}

function counterGate(units: number): Gate {
  const counter = eventCounter({ initial: units, semaphore: true });
  return { wait: () => void counter.read(), post: () => counter.write() };
}

/** A monitor. */
function monitorGate(units: number): Gate {
  const mutex = pthreadMutex();
  const more = pthreadCondition();
  const count = int32(units);
  return {
    wait() {
      mutex.lock();
      while (count.value === 0) more.wait(mutex);
      count.value--;
      mutex.unlock();
    },
    post() {
      mutex.lock();
      count.value++;
      more.signal();
      mutex.unlock();
    },
  };
}

/** Bytes of a slot; larger messages go through it in pieces. */
const SLOT = 65_536;

function overMemory(out: Slot, into: Slot): Line {
  const message = new Int32Array(SLOT / 4);
  const copy = new Int32Array(SLOT / 4);
  return {
    send(bytes, mark) {
      message[0] = mark;
      for (let left = bytes; left > 0; left -= SLOT) {
        const words = Math.ceil(Math.min(left, SLOT) / 4);
        out.empty.wait();
        fill(out.words, message, words);
        out.full.post();
        message[0] = 0;
      }
    },
    receive(bytes) {
      let mark = -1;
      for (let left = bytes; left > 0; left -= SLOT) {
        const words = Math.ceil(Math.min(left, SLOT) / 4);
        into.full.wait();
        fill(copy, into.words, words);
        into.empty.post();
        if (mark < 0) mark = copy[0];
      }
      return mark;
    },
  };
}

function fill(
  to: SharedArray<number> | Int32Array,
  from: SharedArray<number> | Int32Array,
  words: number,
): void {
  for (let i = 0; i < words; i++) (to as Int32Array)[i] = (from as Int32Array)[i];
}

const memoryBy = (
  name: string,
  real: string,
  words: Words,
  gate: (units: number) => Gate = semaphore,
): Row => ({
  name,
  real,
  share: () => [slotOf(words, gate), slotOf(words, gate)],
  line: (ways: readonly Slot[], side) => overMemory(ways[side], ways[1 - side]),
});

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
      lossy ? DATAGRAM : SLOT,
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

/** Most bytes that are sent by messages of a few words. */
const WORDS = 16;

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
