// Two numbers that stand for a trace. One tells traces apart exactly as they were recorded: a replay must give the
// same. The other one is blind to the order of steps that do not touch the same object, so that it counts what was
// really different (Mazurkiewicz traces; the idea of hashing happens-before as in CHESS, OSDI 2008).
import { RECORD_WORDS } from '../process/control.ts';
import { Bit, Field } from '../process/trace-record.ts';
import { mix } from '../schedule/generator.ts';
import { deathOperations, operations, plainOperations } from '../sync/operations.ts';
import type { RunView } from './run-view.ts';

export interface Digest {
  /** Of the trace as it is. */
  readonly exact: number;
  /** Of its partial order. */
  readonly order: number;
}

const combine = (a: number, b: number): number => mix(Math.imul(a, 31) + b);
const objectDigests = new Int32Array(4096);
const readDigests = new Int32Array(4096);
const processDigests = new Int32Array(256);

const { event, read, write, pause } = plainOperations;
const { killed } = deathOperations;

/** The digests of a controlled run. */
export const digest = (view: RunView): Digest => ({ exact: exactDigest(view), order: orderDigest(view) });

function exactDigest({ trace, doubles, outcome }: RunView): number {
  let exact = outcome.ending;
  for (let i = 0, at = 0; i < outcome.steps; i++, at += RECORD_WORDS) {
    const values = doubles[(at + Field.BEFORE) >> 1] * 3 + doubles[(at + Field.AFTER) >> 1];
    const own = combine(
      whatOf(trace, at) ^ (values | 0),
      trace[at + Field.ARGUMENT] ^ Math.imul(trace[at + Field.SECOND], 77),
    );
    const process = Math.imul(trace[at + Field.PROCESS] + 1, 0x9e37);
    if (operations[trace[at + Field.OPERATION]].carries !== undefined) {
      exact = combine(exact, Math.imul(trace[at + Field.MORE], 31) ^ trace[at + Field.LAST]);
    }
    exact = combine(exact, own ^ process ^ trace[at + Field.RESULT]);
  }
  return exact;
}

/** What a step does to what. */
const whatOf = (trace: Int32Array, at: number): number =>
  Math.imul(trace[at + Field.OPERATION], 65_599) ^
  Math.imul(trace[at + Field.INDEX], 8191) ^
  trace[at + Field.OBJECT];

/** The digest of a run's partial order alone. */
export function orderDigest({ trace, outcome, objects, processes }: RunView): number {
  const world = Math.min(objects.length, 4094) + 1;
  objectDigests.fill(0, 0, world + 1);
  readDigests.fill(0, 0, world + 1);
  processDigests.fill(0, 0, 3 * processes); // store buffers come behind the processes, and who kills them behind those
  let order = outcome.ending;
  for (let i = 0, at = 0; i < outcome.steps; i++, at += RECORD_WORDS) {
    const process = trace[at + Field.PROCESS];
    const operation = trace[at + Field.OPERATION];
    if (operation === killed.code) processDigests[process] = processDigests[process % processes];
    // All that a step depends on goes into one number, each part times an odd one of its own, which is mixed once.
    let known = Math.imul(processDigests[process] + process, 31) + Math.imul(whatOf(trace, at), 0x2c1b3c6d);
    // A write into a store buffer touches the object later.
    const apart = operation === write.code && (trace[at + Field.BITS] & Bit.BUFFERED) !== 0;
    if (operation === pause.code || apart) known = mix(known);
    else {
      const object =
        operation === event.code || operation === killed.code
          ? world
          : Math.min(trace[at + Field.OBJECT], 4094);
      known += Math.imul(objectDigests[object], 0x297a2d39);
      if (operation === read.code) {
        known = mix(known);
        readDigests[object] = (readDigests[object] + known) | 0;
      } else {
        known = mix(known + Math.imul(readDigests[object], 0x1b56c4e9));
        objectDigests[object] = known;
        readDigests[object] = 0;
      }
    }
    processDigests[process] = known;
    order = (order + known) | 0;
  }
  return order;
}
