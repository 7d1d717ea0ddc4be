// Unix-domain datagram sockets (unix(7)): messages within one machine, none of which is lost or overtaken. Where the
// receiver's queue is full (net.unix.max_dgram_qlen messages and one more) the sender waits.
import { checked } from './checked.ts';
import { kernelObject } from './kernel-object.ts';
import { type Port, portOperations, portOver } from './port.ts';
import { BUFFER } from './socket-pair.ts';

const operations = portOperations('unixDatagram', false);
export const unixDatagramOperations = { ...operations };

/**
 * Creates a port of Unix-domain datagrams.
 * @param options.capacity bytes that wait to be received, 4,096 to 212,992, and at the same time what one datagram may
 * have. The kernel counts some 800 bytes of its own for each. Default: what the system gives.
 */
export function unixDatagram(options: { capacity?: number } = {}): Port {
  const { capacity = 0 } = options;
  if (capacity !== 0) checked('unixDatagram with a capacity', capacity, BUFFER.least, BUFFER.most, 'bytes');
  const of = kernelObject('unixDatagram', { capacity });
  const { kernel, handles } = of;
  return portOver(of, operations, (at, bytes) => kernel.calls.send(handles[1], at, bytes));
}
