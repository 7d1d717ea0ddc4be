// Sockets (socket(7), unix(7), tcp(7), udp(7)), made by the referee: Unix-domain ones under a name that the kernel
// chooses in its abstract name space, which is gone with the last descriptor; those of the internet on loopback only.
import { closeSync } from 'node:fs';
import { orErrno } from './descriptors.ts';
import { inC, SystemCallError } from './libc.ts';
import { Refused } from './refused.ts';

// The same on x86-64 and arm64 (asm-generic/socket.h).
const AF_UNIX = 1;
const AF_INET = 2;
const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const SOCK_SEQPACKET = 5;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SO_MEMINFO = 55;
const IPPROTO_IP = 0;
const IP_BIND_ADDRESS_NO_PORT = 24;
const IPPROTO_TCP = 6;
const TCP_NODELAY = 1;
/** Bytes of an address of the internet (struct sockaddr_in), and of an abstract name that the kernel has chosen. */
const INET_BYTES = 16;
const NAME_BYTES = 2 + 1 + 5;
/** Connections that wait to be accepted, at most: more than a run has, so that none is turned away. */
const BACKLOG = 4096;

/** Bytes of a buffer that every system grants (net.core.rmem_max); the kernel doubles them, for its own bookkeeping. */
const ROOM = 212_992;

/** What a service of connections is made of. */
export interface ServiceSockets {
  readonly listener: number;
  /** Sockets that are not connected yet: so many for each process. */
  readonly clients: readonly (readonly number[])[];
  /** Where `listener` listens: a port, or the number that is the abstract name. */
  readonly address: number;
}

/** Address of a Unix-domain socket whose abstract name the kernel has chosen: five hexadecimal digits (unix(7)). */
export function unixAddress(name: number): Uint8Array {
  const address = new Uint8Array(NAME_BYTES);
  address[0] = AF_UNIX;
  const digits = name.toString(16).padStart(5, '0');
  for (let i = 0; i < 5; i++) address[3 + i] = digits.charCodeAt(i);
  return address;
}

/** Address of a port on loopback: 127.0.0.1. */
export function loopbackAddress(port: number): Uint8Array {
  const address = new Uint8Array(INET_BYTES);
  address.set([AF_INET, 0, port >> 8, port & 0xff, 127, 0, 0, 1]);
  return address;
}

/** Sets an option of a socket. Throws SystemCallError. */
function set(fd: number, level: number, option: number, value: number): void {
  const call = inC('int setsockopt(int fd, int level, int option, int *value, uint bytes)');
  if ((call(fd, level, option, Int32Array.of(value), 4) as number) < 0) {
    throw new SystemCallError(`setsockopt(${level}, ${option}, ${value})`);
  }
}

/** How much may wait to be read of what is sent from a Unix-domain socket, in bytes; 0: what the system gives. */
export function setCapacity(fd: number, capacity: number): void {
  if (capacity > 0) set(fd, SOL_SOCKET, SO_SNDBUF, capacity);
}

/** What SO_MEMINFO gives, in words: bytes that wait to be received first, and datagrams that were dropped last. */
export const MEMINFO_WORDS = 9;

/** Writes that into `found`. Gives minus the errno where it fails. */
export const memoryOf = (fd: number, found: Int32Array): number =>
  orErrno(
    inC('int getsockopt(int fd, int level, int option, int *value, uint *bytes)')(
      fd,
      SOL_SOCKET,
      SO_MEMINFO,
      found,
      Uint32Array.of(found.byteLength),
    ) as number,
  );

function bind(fd: number, address: Uint8Array, bytes: number): void {
  const call = inC('int bind(int fd, const uint8_t *address, uint bytes)');
  if ((call(fd, address, bytes) as number) < 0) throw new SystemCallError('bind of a socket');
}

function connect(fd: number, address: Uint8Array): void {
  const call = inC('int connect(int fd, const uint8_t *address, uint bytes)');
  if ((call(fd, address, address.length) as number) < 0) throw new SystemCallError('connect of a socket');
}

/** Binds to a name that the kernel chooses, and returns it as a number. */
function bindAnywhere(fd: number, domain: number): number {
  if (domain === AF_UNIX) bind(fd, unixAddress(0), 2);
  else bind(fd, loopbackAddress(0), INET_BYTES);
  const address = new Uint8Array(128);
  const call = inC('int getsockname(int fd, uint8_t *address, uint *bytes)');
  if ((call(fd, address, Uint32Array.of(address.length)) as number) < 0)
    throw new SystemCallError('getsockname');
  if (domain === AF_INET) return address[2] * 256 + address[3];
  return Number.parseInt(String.fromCharCode(...address.subarray(3, NAME_BYTES)), 16);
}

/** Makes sockets; where that fails they are closed again. */
function making<T>(blocks: boolean, make: (socket: (domain: number, type: number) => number) => T): T {
  const made: number[] = [];
  const call = inC('int socket(int domain, int type, int protocol)');
  try {
    return make((domain, type) => {
      const fd = orErrno(call(domain, type | SOCK_CLOEXEC | (blocks ? 0 : SOCK_NONBLOCK), 0) as number);
      if (fd < 0) throw new SystemCallError('socket', -fd);
      made.push(fd);
      return fd;
    });
  } catch (e) {
    for (const fd of made) closeSync(fd);
    throw refusal(e as Error);
  }
}

/** What to do about it, where sockets cannot be made. */
function refusal(e: Error): Error {
  if (/ENETUNREACH|EADDRNOTAVAIL|EAFNOSUPPORT/.test(e.message)) {
    return new Refused(`${e.message}. TCP and UDP need the loopback interface: ip link set lo up.`);
  }
  if (/EMFILE|ENFILE/.test(e.message)) {
    return new Refused(
      `${e.message}. Ask for fewer connections, or raise the limit of open files: ulimit -n.`,
    );
  }
  return e;
}

let isReachable = false;

/** Throws where no way leads to loopback: connect would fail in a worker, and look like the solution's fault. */
function reach(socket: (domain: number, type: number) => number): number {
  const fd = socket(AF_INET, SOCK_DGRAM);
  connect(fd, loopbackAddress(1)); // sends nothing
  isReachable = true;
  return fd;
}

function connectedPair(type: number, blocks: boolean): [number, number] {
  const pair = new Int32Array(2);
  const call = inC('int socketpair(int domain, int type, int protocol, int *sockets)');
  const flags = SOCK_CLOEXEC | (blocks ? 0 : SOCK_NONBLOCK);
  const given = orErrno(call(AF_UNIX, type | flags, 0, pair) as number);
  if (given < 0) throw new SystemCallError('socketpair', -given);
  return [pair[0], pair[1]];
}

/** Two Unix-domain sockets that are connected to each other: streams. `capacity` as in `setCapacity`. */
export function createSocketPair(capacity: number, blocks: boolean): [number, number] {
  const pair = connectedPair(SOCK_STREAM, blocks);
  for (const fd of pair) setCapacity(fd, capacity);
  return pair;
}

/**
 * The inbox of process `owner`: from each other process a connection that keeps the bounds of messages (SOCK_SEQPACKET). For
 * each process its descriptors: the ends to read from in the order of the senders, or the one to write to.
 */
export function createInbox(owner: number, processes: number, blocks: boolean): number[][] {
  const own: number[][] = Array.from({ length: processes }, () => []);
  if (owner >= processes) return own;
  try {
    for (let p = 0; p < processes; p++) {
      if (p === owner) continue;
      const [reader, writer] = connectedPair(SOCK_SEQPACKET, blocks);
      own[owner].push(reader);
      own[p].push(writer);
    }
  } catch (e) {
    for (const fd of own.flat()) closeSync(fd);
    throw refusal(e as Error);
  }
  return own;
}

function createService(
  domain: number,
  processes: number,
  each: number,
  blocks: boolean,
  ready: (fd: number) => void,
): ServiceSockets {
  if (domain === AF_INET && !isReachable) closeSync(making(blocks, reach));
  return making(blocks, (socket) => {
    const listener = socket(domain, SOCK_STREAM);
    ready(listener);
    const address = bindAnywhere(listener, domain);
    const listen = inC('int listen(int fd, int backlog)');
    if ((listen(listener, BACKLOG) as number) < 0) throw new SystemCallError('listen');
    const clients = Array.from({ length: processes }, () =>
      Array.from({ length: each }, () => {
        const fd = socket(domain, SOCK_STREAM);
        ready(fd);
        if (domain === AF_INET) {
          // Which port is chosen only by connect, so that runs by the thousand do not use them up.
          set(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
          bind(fd, loopbackAddress(0), INET_BYTES);
        }
        return fd;
      }),
    );
    return { listener, clients, address };
  });
}

/** A Unix-domain stream socket that listens, and `each` that can be connected to it for each process. */
export const createUnixService = (
  processes: number,
  each: number,
  capacity: number,
  blocks: boolean,
): ServiceSockets =>
  createService(AF_UNIX, processes, each, blocks, (fd) => {
    setCapacity(fd, capacity);
  });

/** The same over TCP on loopback. What is written is sent at once (TCP_NODELAY). */
export const createTcpService = (processes: number, each: number, blocks: boolean): ServiceSockets =>
  createService(AF_INET, processes, each, blocks, (fd) => {
    set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    set(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    // Room for what a connection holds in controlled runs (65,536 bytes), and its end, however the system is set up.
    if (!blocks) for (const option of [SO_SNDBUF, SO_RCVBUF]) set(fd, SOL_SOCKET, option, ROOM);
  });

function createPort(
  domain: number,
  blocks: boolean,
  ready: (receiver: number, sender: number) => void,
): [receiver: number, sender: number] {
  return making(blocks, (socket) => {
    const receiver = socket(domain, SOCK_DGRAM);
    const name = bindAnywhere(receiver, domain);
    const sender = socket(domain, SOCK_DGRAM);
    if (domain === AF_INET) bind(sender, loopbackAddress(0), INET_BYTES);
    connect(sender, domain === AF_UNIX ? unixAddress(name) : loopbackAddress(name));
    ready(receiver, sender);
    return [receiver, sender];
  });
}

/** A Unix-domain datagram socket with a name, and one that is connected to it. `capacity` as in `setCapacity`. */
export const createUnixPort = (capacity: number, blocks: boolean): [number, number] =>
  createPort(AF_UNIX, blocks, (_, sender) => setCapacity(sender, capacity));

/** The same over UDP on loopback. `capacity`: bytes of the receiver's buffer (SO_RCVBUF); 0: what the system gives. */
export const createUdpPort = (capacity: number, blocks: boolean): [number, number] =>
  createPort(AF_INET, blocks, (receiver) => {
    if (!blocks && memoryOf(receiver, new Int32Array(MEMINFO_WORDS)) < 0) {
      throw new Refused('this kernel does not tell what becomes of a datagram (SO_MEMINFO, Linux 4.12).');
    }
    if (capacity > 0) set(receiver, SOL_SOCKET, SO_RCVBUF, capacity);
  });
