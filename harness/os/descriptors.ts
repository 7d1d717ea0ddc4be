// Descriptors of kernel objects: read(2), write(2), close(2) on memory at a given address, and passing descriptors to
// another process over a socket pair (unix(7), SCM_RIGHTS).
import koffi from 'koffi';
import { errno, inC, SystemCallError } from './libc.ts';

const AF_UNIX = 1;
const SOCK_SEQPACKET = 5;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
const MSG_CMSG_CLOEXEC = 0x40000000;
const MSG_NOSIGNAL = 0x4000;
const EINTR = 4;
const EPIPE = 32;
const ECONNRESET = 104;

/** Most descriptors that one message carries (SCM_MAX_FD). */
export const MOST_DESCRIPTORS = 253;
/** Most bytes of a message. */
const BYTES = 65_536;
const MSGHDR = 56;
const CMSGHDR = 16;
const CONTROL = CMSGHDR + MOST_DESCRIPTORS * 4;

/** What a call gave: a number from 0, or minus the errno. */
export const orErrno = (result: number): number => (result < 0 ? -errno() : result);

/** `call` until it is not interrupted by a signal. */
export function uninterrupted(call: () => number): number {
  for (;;) {
    const result = orErrno(call());
    if (result !== -EINTR) return result;
  }
}

/** Calls on descriptors with the memory that begins at `address`; `at` counts bytes from there. */
export function streamCalls(address: number) {
  const read = inC('intptr_t read(int fd, size_t buffer, size_t bytes)');
  const write = inC('intptr_t write(int fd, size_t buffer, size_t bytes)');
  const close = inC('int close(int fd)');
  return {
    read: (fd: number, at: number, bytes: number): number =>
      uninterrupted(() => Number(read(fd, address + at, bytes))),
    write: (fd: number, at: number, bytes: number): number =>
      uninterrupted(() => Number(write(fd, address + at, bytes))),
    close: (fd: number): number => orErrno(close(fd) as number),
  };
}

/** Two connected sockets that keep the boundaries of messages. Throws SystemCallError. */
export function socketPair(): [number, number] {
  const pair = new Int32Array(2);
  const call = inC('int socketpair(int domain, int type, int protocol, int *sockets)');
  if ((call(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) as number) < 0)
    throw new SystemCallError('socketpair');
  return [pair[0], pair[1]];
}

/** A message's header with room for text and descriptors; all at fixed addresses. */
class Envelope {
  readonly text: Uint8Array;
  readonly control: DataView;
  readonly header: unknown;
  readonly #header: DataView;

  constructor() {
    const text = koffi.alloc('uint8_t', BYTES);
    const control = koffi.alloc('uint8_t', CONTROL);
    const vector = koffi.alloc('uint8_t', 16);
    this.header = koffi.alloc('uint8_t', MSGHDR);
    this.text = new Uint8Array(koffi.view(text, BYTES));
    this.control = new DataView(koffi.view(control, CONTROL));
    this.#header = new DataView(koffi.view(this.header, MSGHDR));
    const iovec = new DataView(koffi.view(vector, 16));
    iovec.setBigUint64(0, koffi.address(text), true);
    this.#header.setBigUint64(16, koffi.address(vector), true);
    this.#header.setBigUint64(24, 1n, true);
    this.#header.setBigUint64(32, koffi.address(control), true);
    this.setLength = (bytes) => iovec.setBigUint64(8, BigInt(bytes), true);
  }
  readonly setLength: (bytes: number) => void;
  get controlLength(): number {
    return Number(this.#header.getBigUint64(40, true));
  }
  set controlLength(bytes: number) {
    this.#header.setBigUint64(40, BigInt(bytes), true);
  }
}

let envelope: Envelope | undefined;

/**
 * Sends `text` and descriptors over `socket`. False where nobody has the other end any more. Throws SystemCallError;
 * RangeError where it is too much for one message.
 */
export function sendDescriptors(socket: number, text: string, descriptors: readonly number[]): boolean {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > BYTES || descriptors.length > MOST_DESCRIPTORS) {
    throw new RangeError(`${bytes.length} bytes and ${descriptors.length} descriptors in one message`);
  }
  envelope ??= new Envelope();
  envelope.text.set(bytes);
  envelope.setLength(bytes.length);
  const { control } = envelope;
  const length = CMSGHDR + descriptors.length * 4;
  control.setBigUint64(0, BigInt(length), true);
  control.setInt32(8, SOL_SOCKET, true);
  control.setInt32(12, SCM_RIGHTS, true);
  for (const [i, fd] of descriptors.entries()) control.setInt32(CMSGHDR + i * 4, fd, true);
  envelope.controlLength = descriptors.length === 0 ? 0 : (length + 7) & ~7;
  const send = inC('intptr_t sendmsg(int socket, void *message, int flags)');
  const { header } = envelope;
  const sent = uninterrupted(() => Number(send(socket, header, MSG_NOSIGNAL)));
  if (sent === -EPIPE || sent === -ECONNRESET) return false;
  if (sent < 0) throw new SystemCallError('sendmsg', -sent);
  return true;
}

/** Takes the next message from `socket`. Blocks. Throws SystemCallError. */
export function receiveDescriptors(socket: number): { text: string; descriptors: number[] } {
  envelope ??= new Envelope();
  envelope.setLength(BYTES);
  envelope.controlLength = CONTROL;
  const receive = inC('intptr_t recvmsg(int socket, void *message, int flags)');
  const { header, control } = envelope;
  const got = uninterrupted(() => Number(receive(socket, header, MSG_CMSG_CLOEXEC)));
  if (got < 0) throw new SystemCallError('recvmsg', -got);
  const descriptors: number[] = [];
  if (envelope.controlLength >= CMSGHDR && control.getInt32(12, true) === SCM_RIGHTS) {
    const end = Number(control.getBigUint64(0, true));
    for (let at = CMSGHDR; at + 4 <= end; at += 4) descriptors.push(control.getInt32(at, true));
  }
  return { text: new TextDecoder().decode(envelope.text.subarray(0, got)), descriptors };
}
