// The POSIX semaphore (sem_overview(7)): a count in memory that processes share, with a name in the system or without. It
// has no owner: any process may post. A newcomer may overtake one that waits.
import { made } from '../shared/arena.ts';
import { duration } from '../shared/duration.ts';
import { sealed } from '../shared/sealed.ts';
import { IpcError } from './ipc-error.ts';
import { onKernelObject, timedOnKernelObject, tries, triesKernelObject, trying } from './operation.ts';
import { type PageObject, pageObject } from './page-object.ts';

const kind = 'posixSemaphore';
/** SEM_VALUE_MAX of glibc and musl. */
const MOST = 2 ** 31 - 1;

const wait = onKernelObject(kind, 'wait', { units: 1 });
const tryWait = triesKernelObject(kind, 'tryWait', { units: 1, ...tries });
const timedWait = timedOnKernelObject(kind, 'timedWait', { units: 1, ...tries });
const post = onKernelObject(kind, 'post', { units: -1 });
const value = onKernelObject(kind, 'value', { shows: (_, units) => ` = ${units}` });
export const posixSemaphoreOperations = { wait, tryWait, timedWait, post, value };

/** A semaphore of the system that all processes of the run see. */
export interface PosixSemaphore {
  /** Takes a unit; blocks while there is none (sem_wait(3)). */
  wait(): void;
  /** Takes a unit if there is one; says whether it did. Never blocks (sem_trywait(3)). */
  tryWait(): boolean;
  /** Takes a unit; gives up after `milliseconds` and returns false (sem_timedwait(3)). */
  timedWait(milliseconds: number): boolean;
  /** Adds a unit. Throws IpcError EOVERFLOW where there are 2^31 - 1 already (sem_post(3)). */
  post(): void;
  /** The units now; another process may change it at once (sem_getvalue(3)). */
  readonly value: number;
}

class SystemSemaphore implements PosixSemaphore {
  readonly #its: PageObject;
  constructor(its: PageObject) {
    this.#its = its;
  }
  wait(): void {
    const { way, object, kernel, address, blocks } = this.#its;
    const { semWait, semTryWait } = kernel.calls;
    way.attempt(wait, object, 0, () => (blocks ? semWait(address) : semTryWait(address)));
  }
  tryWait(): boolean {
    const { way, object, kernel, address } = this.#its;
    return way.attempt(tryWait, object, 0, () => trying(kernel.calls.semTryWait(address))) === 0;
  }
  timedWait(milliseconds: number): boolean {
    const { way, object, kernel, address, blocks } = this.#its;
    const { semTimedWait, semTryWait } = kernel.calls;
    const ms = duration(milliseconds);
    const call = () => trying(blocks ? semTimedWait(address, ms) : semTryWait(address));
    return way.attempt(timedWait, object, ms, call) === 0;
  }
  post(): void {
    const { way, object, kernel, address } = this.#its;
    const given = way.attempt(post, object, 0, () => kernel.calls.semPost(address));
    if (given < 0) throw new IpcError(`${kind} post`, -given, `it has ${MOST} units already`);
  }
  get value(): number {
    const { way, object, kernel, address } = this.#its;
    return way.attempt(value, object, 0, () => kernel.calls.semValue(address));
  }
}

sealed(SystemSemaphore);

/**
 * Creates a POSIX semaphore with `initial` units (0 to 2^31 - 1).
 * @param options.named whether it is one with a name (sem_open(3)), which lies in a file, and not one in bare memory
 *   (sem_init(3)). They behave alike; the name is gone before the roles begin. Default false.
 */
export function posixSemaphore(initial: number, options: { named?: boolean } = {}): PosixSemaphore {
  if (!Number.isInteger(initial) || initial < 0 || initial > MOST) {
    throw new RangeError(
      `posixSemaphore(${initial}): the initial count must be a whole number from 0 to ${MOST}.`,
    );
  }
  const its = pageObject(kind, { initial, named: options.named ? 1 : 0 });
  return made(new SystemSemaphore(its), its.object);
}
