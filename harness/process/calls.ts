import { streamCalls } from '../os/descriptors.ts';
import { posixQueueCalls } from '../os/posix-queue.ts';
import { socketCalls } from '../os/socket-calls.ts';
import { sysvQueueCalls } from '../os/sysv-queue.ts';
import type { Calls } from '../shared/kernel.ts';

/** The calls of the system that handles of kernel objects make, on a buffer that begins at `address`. */
export const callsAt = (address: number): Calls => ({
  ...streamCalls(address),
  ...posixQueueCalls(address),
  ...sysvQueueCalls(address),
  ...socketCalls(address),
});
