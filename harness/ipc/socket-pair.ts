// Two Unix-domain sockets that are connected to each other (socketpair(2)): a pipe in both directions. As after
// fork(2), every process has both ends open until it closes them.
import { made } from '../shared/arena.ts';
import { checked } from './checked.ts';
import { CONNECTION_ERRORS, type Connection, End, endOperations, plainLine } from './connection.ts';
import { Descriptor } from './descriptor.ts';
import { kernelObject } from './kernel-object.ts';

/** What a buffer of a Unix-domain socket can be made to hold, in bytes. */
export const BUFFER = { least: 4096, most: 212_992 };

const left = endOperations('socketPair', 'left', 'right', false);
const right = endOperations('socketPair', 'right', 'left', false);
export const socketPairOperations = {
  leftRead: left.read,
  leftWrite: left.write,
  leftShutdown: left.shutdown,
  leftClose: left.close,
  rightRead: right.read,
  rightWrite: right.write,
  rightShutdown: right.shutdown,
  rightClose: right.close,
};

/** Two ends: what is written to one is read from the other. All processes of the run have both open. */
export interface SocketPair {
  readonly left: Connection;
  readonly right: Connection;
}

/**
 * Creates a pair of connected sockets.
 * @param options.capacity bytes that each direction holds, 4,096 to 212,992. The kernel counts some 800 bytes of its own for
 * each piece that is written. Default: what the system gives.
 */
export function socketPair(options: { capacity?: number } = {}): SocketPair {
  const { capacity } = options;
  if (capacity !== undefined)
    checked('socketPair with a capacity', capacity, BUFFER.least, BUFFER.most, 'bytes');
  const { object, way, kernel, handles } = kernelObject('socketPair', { capacity: capacity ?? 0 });
  const line = plainLine(kernel);
  const [a, b] = [left, right].map(
    (operations, i) =>
      new End(
        new Descriptor(object, way, kernel, handles[i], operations.close, CONNECTION_ERRORS),
        kernel,
        operations,
        line,
      ),
  );
  return made(Object.freeze({ left: a, right: b }), object);
}
