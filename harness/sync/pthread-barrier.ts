// The barrier of POSIX threads between processes (pthread_barrier_wait(3p), PTHREAD_PROCESS_SHARED). There is no way to try
// it. In free runs processes wait inside the call; in controlled runs the lab counts who has come, as `barrier` does.
import { IpcError } from '../ipc/ipc-error.ts';
import { mapped, type Page } from '../ipc/page-object.ts';
import { arena, made, place } from '../shared/arena.ts';
import type { Kernel } from '../shared/kernel.ts';
import type { Operation } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';
import { barrierOperations } from './barrier.ts';

const kind = 'pthreadBarrier';

const pass: Operation = { ...barrierOperations.pass, on: kind };
const wait: Operation = {
  ...barrierOperations.wait,
  on: kind,
  follow: (result) => (result < 0 ? undefined : pass),
};
export const pthreadBarrierOperations = { wait, pass };

/** A call of a free run: nobody asks whether it may be made. */
const waitFreely: Operation = {
  code: -1,
  on: kind,
  name: 'wait',
  span: 'kernel',
  ready: () => false,
  take: (_m, _at, _me, _argument, given) => given,
};
/** It stands in no trace; a process that waits is told by it. */
export const freeBarrierOperations = { waitFreely };

/** A barrier of the system that all processes of the run see. */
export interface PthreadBarrier {
  /** Blocks until all parties have come; true for exactly one of them (PTHREAD_BARRIER_SERIAL_THREAD). */
  wait(): boolean;
}

class SystemBarrier implements PthreadBarrier {
  readonly #object: Shared;
  readonly #parties: number;
  readonly #way: Way;
  readonly #kernel: Kernel;
  readonly #page: Page;
  constructor(object: Shared, parties: number, way: Way, kernel: Kernel, page: Page) {
    this.#object = object;
    this.#parties = parties;
    this.#way = way;
    this.#kernel = kernel;
    this.#page = page;
  }
  wait(): boolean {
    const { address, blocks } = this.#page;
    if (!blocks) return this.#way.test(wait, this.#object, this.#parties);
    const { barrierWait } = this.#kernel.calls;
    const given = this.#way.attempt(waitFreely, this.#object, 0, () => barrierWait(address));
    if (given < 0) throw new IpcError(`${kind} wait`, -given);
    return given === 1;
  }
}

sealed(SystemBarrier);

/** Creates a barrier of POSIX threads for `parties` processes (1 to 65535). */
export function pthreadBarrier(parties: number): PthreadBarrier {
  if (!Number.isInteger(parties) || parties < 1 || parties > 0xffff) {
    throw new RangeError(
      `pthreadBarrier(${parties}): the number of parties must be a whole number from 1 to 65535.`,
    );
  }
  const object = place(kind, 0, 0);
  const { kernel, way } = arena();
  const page = mapped(kernel, kernel.grant(kind, { parties }));
  return made(new SystemBarrier(object, parties, way, kernel, page), object);
}
