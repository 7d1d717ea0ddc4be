// What a process that holds the segment offers to the code that plays roles in it.
import type { Segment } from '../shared/segment.ts';
import type { Host } from './board.ts';
import { callsAt } from './calls.ts';
import { BUFFER_BYTES, BYTES, SEGMENT_BYTES } from './control.ts';
import { mappingAt } from './mapping.ts';
import { receiveGrant } from './receive-grant.ts';
import { tryShiftIn, type Wasm } from './shift.ts';

/** The descriptor of the segment in every process that is started for one. */
export const SEGMENT_FD = 3;
/** The descriptor of the socket over which the referee sends kernel objects. */
const SOCKET_FD = 4;

/**
 * @param me the number of the process
 * @param wasm the constructor of instances, of the context in which steps are taken
 * @param clocks what is asked for the time, in milliseconds, and how the process ends for good
 */
export function hostOn(
  { buffer, address, futex }: Segment,
  me: number,
  wasm: Wasm['Instance'],
  clocks: Pick<Host, 'now' | 'date' | 'exit'>,
): Host {
  return {
    buffer,
    me,
    wait: (word, expected) => futex.wait(address + word * 4, expected),
    waitFor: (word, expected, milliseconds) => futex.waitFor(address + word * 4, expected, milliseconds),
    wake: (word, count) => futex.wake(address + word * 4, count),
    yield: futex.yield,
    ...clocks,
    calls: callsAt(address + (BYTES * 4 + me * BUFFER_BYTES)),
    ...mappingAt(address, SEGMENT_FD),
    receive: () => receiveGrant(SOCKET_FD),
    tryShift: tryShiftIn(SEGMENT_FD, SEGMENT_BYTES, wasm),
  };
}
