// TCP on loopback (tcp(7)): connections as between machines. What is sent arrives later, if only by microseconds, and how
// much there is room for depends on when. In controlled runs neither may decide anything: see counted-line.ts.
import { NOT_YET } from '../shared/kernel.ts';
import { checked } from './checked.ts';
import { plainLine } from './connection.ts';
import { CONNECTION_WORDS, CountedLine, resetBeforeAccepted } from './counted-line.ts';
import { type KernelObject, kernelObject, type Record } from './kernel-object.ts';
import {
  connectionsOf,
  listed,
  type Service,
  type ServiceCalls,
  serviceOperations,
  serviceOver,
} from './service.ts';

const operations = serviceOperations('tcp', true);
export const tcpOperations = listed(operations);

/** What the record of a service counts; one part for each connection follows. */
const Count = { CONNECTED: 0, ACCEPTED: 1, CLOSED: 2, WORDS: 4 } as const;
/** Bytes that are on their way or unread in one direction, in controlled runs. */
const CAPACITY = { least: 1, most: 65_536 };

/** Words that the record of a service begins with. */
export const tcpWords =
  (connections: number) =>
  (processes: number): number =>
    Count.WORDS + processes * connections * CONNECTION_WORDS;

/** Calls on such a socket, or on what is made of one. */
export function tcpCalls(
  { kernel, record, handles, processes }: KernelObject,
  capacity: number,
): ServiceCalls {
  const { calls } = kernel;
  const [port, blocks] = handles.slice(-2);
  const { words } = record;
  const counts = record.at;
  const part = (connection: number): Record => ({
    words,
    at: counts + Count.WORDS + connection * CONNECTION_WORDS,
  });
  if (blocks === 1) {
    const line = plainLine(kernel);
    return {
      connect: (fd) => calls.connectTcp(fd, port),
      accept(listener) {
        const fd = calls.accept(listener, true, 0);
        return { given: fd, fd };
      },
      closeListener: (fd) => calls.close(fd),
      line: () => line,
    };
  }
  return {
    connect(fd) {
      const given = calls.connectTcp(fd, port);
      return given < 0 ? given : words[counts + Count.CONNECTED]++;
    },
    accept(listener) {
      if (words[counts + Count.CONNECTED] === words[counts + Count.ACCEPTED])
        return { given: NOT_YET, fd: NOT_YET };
      calls.arrival(listener, 'data');
      const fd = calls.accept(listener, false, 0);
      return { given: fd < 0 ? fd : words[counts + Count.ACCEPTED]++, fd };
    },
    // With the listening socket connections go that nobody has accepted.
    stopped() {
      for (let c = words[counts + Count.ACCEPTED]; c < words[counts + Count.CONNECTED]; c++)
        resetBeforeAccepted(part(c));
      words[counts + Count.ACCEPTED] = words[counts + Count.CONNECTED];
    },
    closeListener(fd) {
      // With the last of them connections go that nobody has accepted.
      if (++words[counts + Count.CLOSED] === processes) {
        for (let c = words[counts + Count.ACCEPTED]; c < words[counts + Count.CONNECTED]; c++)
          resetBeforeAccepted(part(c));
      }
      return calls.close(fd);
    },
    line: (connection, end) => new CountedLine(kernel, part(connection), end === 'client' ? 0 : 1, capacity),
  };
}

/**
 * Creates a TCP socket that listens on a port of loopback, and that processes can connect to.
 * @param options.connections how often each process can connect, 0 to 64. Default 1.
 * @param options.capacity bytes that one direction of a connection holds in controlled runs, 1 to 65,536, so that they can
 * show what happens where it is full; TCP itself promises no more than that there is an end to it. In runs at full speed the
 * kernel's own buffers decide. Default 65,536.
 */
export function tcp(options: { connections?: number; capacity?: number } = {}): Service {
  const connections = connectionsOf('tcp', options);
  const { capacity = CAPACITY.most } = options;
  checked('tcp with a capacity', capacity, CAPACITY.least, CAPACITY.most, 'bytes');
  const of = kernelObject('tcp', { connections }, tcpWords(connections));
  return serviceOver(of, operations, tcpCalls(of, capacity), connections);
}
