// Unix-domain stream sockets (unix(7)): connections within one machine. What is written is with the other side at once,
// so the kernel itself says what has to wait.
import { checked } from './checked.ts';
import { plainLine } from './connection.ts';
import { type KernelObject, kernelObject } from './kernel-object.ts';
import {
  connectionsOf,
  listed,
  type Service,
  type ServiceCalls,
  serviceOperations,
  serviceOver,
} from './service.ts';
import { BUFFER } from './socket-pair.ts';

const operations = serviceOperations('unixSocket', false);
export const unixSocketOperations = listed(operations);

/** What the record of a service counts, so that connections have numbers; they are accepted in order. */
const Count = { CONNECTED: 0, ACCEPTED: 1, WORDS: 2 } as const;

/** Words that the record of a service begins with. */
export const UNIX_WORDS = Count.WORDS;

/** Calls on such a socket, or on what is made of one. */
export function unixCalls({ kernel, record, handles }: KernelObject, capacity: number): ServiceCalls {
  const { calls } = kernel;
  const { words, at } = record;
  const [address, blocks] = handles.slice(-2);
  // In free runs nobody shows the numbers, and several processes would count at once.
  const numbered = (given: number, count: number): number =>
    given < 0 || blocks ? given : words[at + count]++;
  const line = plainLine(kernel);
  return {
    connect: (fd) => numbered(calls.connectUnix(fd, address), Count.CONNECTED),
    accept(listener) {
      const fd = calls.accept(listener, blocks === 1, capacity);
      return { given: numbered(fd, Count.ACCEPTED), fd };
    },
    closeListener: (fd) => calls.close(fd),
    line: () => line,
  };
}

/**
 * Creates a Unix-domain socket that listens, and that processes can connect to.
 * @param options.connections how often each process can connect, 0 to 64. Default 1.
 * @param options.capacity bytes that each direction of a connection holds, 4,096 to 212,992. The kernel counts some 800
 * bytes of its own for each piece that is written. Default: what the system gives.
 */
export function unixSocket(options: { connections?: number; capacity?: number } = {}): Service {
  const connections = connectionsOf('unixSocket', options);
  const { capacity = 0 } = options;
  if (capacity !== 0) checked('unixSocket with a capacity', capacity, BUFFER.least, BUFFER.most, 'bytes');
  const of = kernelObject('unixSocket', { connections, capacity }, () => UNIX_WORDS);
  return serviceOver(of, operations, unixCalls(of, capacity), connections);
}
