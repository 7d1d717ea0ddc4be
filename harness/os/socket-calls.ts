// Calls on sockets, as workers make them. What TCP and UDP send arrives later, if only by microseconds: where the lab
// knows by its own counts that something is on its way, the calls here wait until it is there (poll(2)), so that what a
// step of a controlled run gives depends on the steps before it and on no speed. Should it never come, the run stands
// still, and the referee says that the lab is at fault.
import { orErrno, uninterrupted } from './descriptors.ts';
import { inC } from './libc.ts';
import { loopbackAddress, MEMINFO_WORDS, memoryOf, setCapacity, unixAddress } from './socket.ts';

const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const MSG_NOSIGNAL = 0x4000;
const MSG_DONTWAIT = 0x40;
const SHUT_WR = 1;
const SHUT_RDWR = 2;
const SOL_SOCKET = 1;
const SO_ERROR = 4;
const POLLIN = 1;
const POLLOUT = 4;
const POLLRDHUP = 0x2000;
const EINTR = 4;
const EAGAIN = 11;
const EINPROGRESS = 115;

/** What `arrival` waits for. Hanging up (a reset, or both directions closed) is told in every case. */
const EVENTS = { data: POLLIN, end: POLLRDHUP, hangup: 0 } as const;

/** Calls on sockets, with the memory that begins at `address`; `at` counts bytes from there. */
export function socketCalls(address: number) {
  const connect = inC('int connect(int fd, const uint8_t *address, uint bytes)');
  const accept4 = inC('int accept4(int fd, void *address, void *bytes, int flags)');
  const shutdown = inC('int shutdown(int fd, int how)');
  const send = inC('intptr_t send(int fd, size_t buffer, size_t bytes, int flags)');
  const recv = inC('intptr_t recv(int fd, size_t buffer, size_t bytes, int flags)');
  const poll = inC('int poll(int *descriptors, ulong count, int milliseconds)');
  const getsockopt = inC('int getsockopt(int fd, int level, int option, int *value, uint *bytes)');

  const asked = new Int32Array(2); // struct pollfd: the descriptor, then two times 16 bits
  const ready = (fd: number, events: number, milliseconds = -1): void => {
    asked[0] = fd;
    asked[1] = events;
    uninterrupted(() => poll(asked, 1, milliseconds) as number);
  };
  const found = new Int32Array(MEMINFO_WORDS);

  const put = (fd: number, at: number, bytes: number, flags = 0): number =>
    uninterrupted(() => Number(send(fd, address + at, bytes, MSG_NOSIGNAL | flags)));
  const get = (fd: number, at: number, bytes: number): number =>
    uninterrupted(() => Number(recv(fd, address + at, bytes, MSG_DONTWAIT)));
  /** `call` again and again until `bytes` are through. */
  const whole = (bytes: number, call: (done: number) => number, await_: () => void): number => {
    for (let done = 0; ; ) {
      const given = call(done);
      if (given === -EAGAIN) await_();
      else if (given <= 0) return done > 0 ? done : given;
      else {
        done += given;
        if (done >= bytes) return done;
      }
    }
  };

  return {
    connectUnix(fd: number, name: number): number {
      const to = unixAddress(name);
      return uninterrupted(() => connect(fd, to, to.length) as number);
    },
    connectTcp(fd: number, port: number): number {
      const to = loopbackAddress(port);
      const given = orErrno(connect(fd, to, to.length) as number);
      if (given !== -EINPROGRESS && given !== -EINTR) return given;
      ready(fd, POLLOUT);
      getsockopt(fd, SOL_SOCKET, SO_ERROR, found, Uint32Array.of(4));
      return -found[0];
    },
    accept(fd: number, blocks: boolean, capacity: number): number {
      const flags = SOCK_CLOEXEC | (blocks ? 0 : SOCK_NONBLOCK);
      const made = uninterrupted(() => accept4(fd, null, null, flags) as number);
      if (made >= 0) setCapacity(made, capacity);
      return made;
    },
    shutdown: (fd: number): number => orErrno(shutdown(fd, SHUT_WR) as number),
    stopListening: (fd: number): number => orErrno(shutdown(fd, SHUT_RDWR) as number),
    comesWithin(fd: number, milliseconds: number): boolean {
      const until = performance.now() + milliseconds;
      asked[0] = fd;
      asked[1] = POLLIN;
      const given = uninterrupted(
        () => poll(asked, 1, Math.max(0, Math.ceil(until - performance.now()))) as number,
      );
      return given > 0;
    },
    firstReadable(fds: readonly number[]): number {
      const all = new Int32Array(2 * fds.length);
      for (const [i, fd] of fds.entries()) all.set([fd, POLLIN], 2 * i);
      const given = uninterrupted(() => poll(all, fds.length, -1) as number);
      // What happened to a descriptor stands in the upper half of its second word.
      return given < 0 ? given : fds.findIndex((_, i) => all[2 * i + 1] >>> 16 !== 0);
    },
    send: (fd: number, at: number, bytes: number): number => put(fd, at, bytes),
    sendAll: (fd: number, at: number, bytes: number): number =>
      whole(
        bytes,
        (done) => put(fd, at + done, bytes - done, MSG_DONTWAIT),
        () => ready(fd, POLLOUT),
      ),
    receiveAll: (fd: number, at: number, bytes: number): number =>
      whole(
        bytes,
        (done) => get(fd, at + done, bytes - done),
        () => ready(fd, POLLIN),
      ),
    arrival: (fd: number, what: keyof typeof EVENTS): void => ready(fd, EVENTS[what]),
    deliver(sender: number, receiver: number, at: number, bytes: number): number {
      memoryOf(receiver, found);
      const [waiting] = found;
      const dropped = found[MEMINFO_WORDS - 1];
      const given = put(sender, at, bytes);
      if (given < 0) return given;
      for (;;) {
        memoryOf(receiver, found);
        if (found[0] !== waiting) return given;
        if (found[MEMINFO_WORDS - 1] !== dropped) return -1;
        ready(-1, 0, 1);
      }
    },
  };
}
