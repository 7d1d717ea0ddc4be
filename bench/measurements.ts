import type { Measurement } from './measurement.ts';
import { bufferItems } from './measurements/buffer-items.ts';
import { checkAccept } from './measurements/check-accept.ts';
import { checkReject } from './measurements/check-reject.ts';
import { controlled11 } from './measurements/controlled-1-1.ts';
import { controlled22 } from './measurements/controlled-2-2.ts';
import { handoff } from './measurements/handoff.ts';
import { semaphoreUncontended } from './measurements/semaphore-uncontended.ts';
import { workerMemory } from './measurements/worker-memory.ts';

/** Everything that is measured, in the order of the table. */
export const measurements: readonly Measurement[] = [
  controlled11,
  controlled22,
  handoff,
  semaphoreUncontended,
  bufferItems,
  workerMemory,
  checkReject,
  checkAccept,
];
