import type { Measurement } from './measurement.ts';
import { bufferItems } from './measurements/buffer-items.ts';
import { checkAccept } from './measurements/check-accept.ts';
import { checkReject } from './measurements/check-reject.ts';
import { controlled11 } from './measurements/controlled-1-1.ts';
import { controlled22 } from './measurements/controlled-2-2.ts';
import { handoff } from './measurements/handoff.ts';
import { modelled11 } from './measurements/modelled-1-1.ts';
import { modelled22 } from './measurements/modelled-2-2.ts';
import { modelledJudges } from './measurements/modelled-judges.ts';
import { semaphoreUncontended } from './measurements/semaphore-uncontended.ts';
import { workerMemory } from './measurements/worker-memory.ts';

/** Everything that is measured, in the order of the table. */
export const measurements: readonly Measurement[] = [
  controlled11,
  controlled22,
  modelled11,
  modelled22,
  modelledJudges,
  handoff,
  semaphoreUncontended,
  bufferItems,
  workerMemory,
  checkReject,
  checkAccept,
];
