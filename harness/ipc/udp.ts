// UDP on loopback (udp(7)): messages as between machines. A datagram for which there is no room is lost, and nobody is
// told. In controlled runs the sender waits until the kernel has put it into the receiver's buffer or dropped it.
import { checked } from './checked.ts';
import { kernelObject } from './kernel-object.ts';
import { DROPPED, type Port, portOperations, portOver } from './port.ts';
import { BUFFER } from './socket-pair.ts';

const operations = portOperations('udp', true);
export const udpOperations = { ...operations };

/** The least that a receiver's buffer can be: there is room for four short datagrams. */
const LEAST = 2048;

/**
 * Creates a UDP port on loopback.
 * @param options.capacity bytes of the receiver's buffer (SO_RCVBUF), 2,048 to 212,992. The kernel doubles it, and counts
 * some 800 bytes of its own for each datagram: 2,048 hold four short ones. Default: what the system gives.
 */
export function udp(options: { capacity?: number } = {}): Port {
  const { capacity = 0 } = options;
  if (capacity !== 0) checked('udp with a capacity', capacity, LEAST, BUFFER.most, 'bytes');
  const of = kernelObject('udp', { capacity });
  const { calls } = of.kernel;
  const [receiver, sender, blocks] = of.handles;
  return portOver(of, operations, (at, bytes) => {
    if (blocks === 1) return calls.send(sender, at, bytes);
    const given = calls.deliver(sender, receiver, at, bytes);
    return given === -1 ? DROPPED : given;
  });
}
