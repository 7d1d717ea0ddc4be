// The referee's side of kernel objects: it makes what a solution asks for, sends every process its descriptors, and
// keeps none of its own, so that nothing but the processes of the run holds an end open.
import { closeSync } from 'node:fs';
import { MOST_DESCRIPTORS, sendDescriptors } from '../os/descriptors.ts';
import { createEventCounter } from '../os/eventfd.ts';
import { createFifo } from '../os/fifo.ts';
import { createFile, openAgain } from '../os/file-lock.ts';
import { createPipe } from '../os/pipe.ts';
import { createPosixQueue } from '../os/posix-queue.ts';
import { createNamedSemaphore, createSemaphore } from '../os/posix-semaphore.ts';
import { createBarrier } from '../os/pthread-barrier.ts';
import { createCondition } from '../os/pthread-condition.ts';
import { createMutex } from '../os/pthread-mutex.ts';
import { createRwlock } from '../os/pthread-rwlock.ts';
import {
  createMappedFile,
  createPosixSharedMemory,
  createSysvSharedMemory,
  removeSysvSharedMemory,
} from '../os/shared-memory.ts';
import { signalDescriptor } from '../os/signal.ts';
import {
  createInbox,
  createSocketPair,
  createTcpService,
  createUdpPort,
  createUnixPort,
  createUnixService,
  type ServiceSockets,
} from '../os/socket.ts';
import { createSysvQueue, IPC_NOWAIT, removeSysvQueue } from '../os/sysv-queue.ts';
import { createSet, removeSet } from '../os/sysv-semaphore.ts';
import type { Options, Wanted } from '../shared/kernel.ts';
import { MAX_KERNEL_OBJECTS } from './grant.ts';
import { clean } from './leftovers.ts';

/** A kernel object that was made for a run. */
export interface Made {
  /** Every process gets its own copies of these. */
  readonly descriptors: readonly number[];
  /** For each process descriptors that only it gets, behind the others. Default: none. */
  readonly own?: readonly (readonly number[])[];
  /** Numbers that go with them. Default: none. */
  readonly numbers?: readonly number[];
  /** Removes what does not go with the last descriptor. Default: nothing. */
  readonly remove?: () => void;
}

/** Makes one object. `blocks`: whether calls on it wait, as in free runs. `pids`: of the workers. Throws SystemCallError. */
type Maker = (options: Options, blocks: boolean, processes: number, pids: readonly number[]) => Made;

const service = ({ listener, clients, address }: ServiceSockets, blocks: boolean): Made => ({
  descriptors: [listener],
  own: clients,
  numbers: [address, Number(blocks)],
});

/** An object in memory of its own: see ipc/page-object.ts. */
const page = (fd: number, blocks: boolean): Made => ({ descriptors: [fd], numbers: [Number(blocks)] });

/** A file to be locked. Locks belong to what was opened, so every process is given an opening of its own. */
function lockedFile(_options: Options, blocks: boolean, processes: number): Made {
  const file = createFile();
  const own = Array.from({ length: processes }, () => [openAgain(file)]);
  return { descriptors: [file], own, numbers: [Number(blocks)] };
}

const makers: Readonly<Record<string, Maker>> = {
  pipe: ({ capacity }, blocks) => ({ descriptors: createPipe(capacity, blocks) }),
  fifo: (_, blocks) => ({ descriptors: [createFifo()], numbers: [Number(blocks)] }),
  posixQueue: ({ capacity, messageSize }, blocks) => ({
    descriptors: [createPosixQueue(capacity, messageSize, blocks)],
  }),
  sysvQueue: ({ bytes }, blocks) => {
    const id = createSysvQueue(bytes);
    return { descriptors: [], numbers: [id, blocks ? 0 : IPC_NOWAIT], remove: () => removeSysvQueue(id) };
  },
  posixSharedMemory: ({ bytes }) => ({ descriptors: [createPosixSharedMemory(bytes)] }),
  mappedFile: ({ bytes }) => ({ descriptors: [createMappedFile(bytes)] }),
  sysvSharedMemory: ({ bytes }) => {
    const id = createSysvSharedMemory(bytes);
    return { descriptors: [], numbers: [id], remove: () => removeSysvSharedMemory(id) };
  },
  socketPair: ({ capacity }, blocks) => ({ descriptors: createSocketPair(capacity, blocks) }),
  unixSocket: ({ connections, capacity }, blocks, processes) =>
    service(createUnixService(processes, connections, capacity, blocks), blocks),
  unixDatagram: ({ capacity }, blocks) => ({ descriptors: createUnixPort(capacity, blocks) }),
  tcp: ({ connections }, blocks, processes) =>
    service(createTcpService(processes, connections, blocks), blocks),
  rpc: ({ connections, tcp }, blocks, processes) =>
    service(
      tcp === 1
        ? createTcpService(processes, connections, blocks)
        : createUnixService(processes, connections, 0, blocks),
      blocks,
    ),
  remote: ({ process }, blocks, processes) => ({
    descriptors: [],
    own: createInbox(process, processes, blocks),
    numbers: [Number(blocks)],
  }),
  udp: ({ capacity }, blocks) => ({
    descriptors: createUdpPort(capacity, blocks),
    numbers: [Number(blocks)],
  }),
  posixSemaphore: ({ initial, named }, blocks) =>
    page(named ? createNamedSemaphore(initial) : createSemaphore(initial), blocks),
  sysvSemaphore: (units, blocks) => {
    const id = createSet(Object.values(units));
    return { descriptors: [], numbers: [id, Number(blocks)], remove: () => removeSet(id) };
  },
  pthreadMutex: ({ robust }, blocks) => page(createMutex(robust === 1), blocks),
  pthreadRwlock: (_, blocks) => page(createRwlock(), blocks),
  pthreadCondition: (_, blocks) => page(createCondition(), blocks),
  pthreadBarrier: ({ parties }, blocks) => page(createBarrier(parties), blocks),
  eventCounter: ({ initial, semaphore }, blocks) => ({
    descriptors: [createEventCounter(initial, semaphore === 1, blocks)],
  }),
  // One for each process that can be sent to. What is asked for may be that of a larger case, the one before; and a process
  // may have been killed since the last run, which the watch over this one will see.
  signal: ({ process }, blocks, _processes, pids) => {
    const fd = process in pids ? signalDescriptor(pids[process]) : undefined;
    return { descriptors: fd === undefined ? [] : [fd], numbers: [Number(blocks)] };
  },
  fileLock: lockedFile,
  recordLock: lockedFile,
};

/** All kinds that there are. */
export const kernelKinds: readonly string[] = Object.keys(makers);

/** What a process asks for, as it says; it may be anything. Undefined where that is no list of kernel objects. */
export function wantedIn(text: string): Wanted[] | undefined {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return undefined;
  }
  const isWanted = (w: unknown): w is Wanted => {
    const { kind, options } = (w ?? {}) as Partial<Wanted>;
    return (
      typeof kind === 'string' &&
      Object.hasOwn(makers, kind) &&
      typeof options === 'object' &&
      options !== null &&
      Object.values(options).every((n) => Number.isSafeInteger(n))
    );
  };
  return Array.isArray(list) && list.length <= MAX_KERNEL_OBJECTS && list.every(isWanted) ? list : undefined;
}

let swept = false;

/** Removes what was left behind by those who were killed, when this process makes its first kernel objects. */
function sweepOnce(): void {
  if (swept) return;
  swept = true;
  clean(false);
}

/** The kernel objects of one run. */
export class KernelObjects {
  readonly #wanted: readonly Wanted[];
  readonly #made: Made[] = [];
  #closed = false;

  /** Makes them for so many processes; `pids`: theirs. Throws SystemCallError, and leaves nothing then. */
  constructor(wanted: readonly Wanted[], blocks: boolean, processes: number, pids: readonly number[] = []) {
    this.#wanted = wanted;
    sweepOnce();
    try {
      for (const { kind, options } of wanted) this.#made.push(makers[kind](options, blocks, processes, pids));
    } catch (e) {
      this.remove();
      throw e;
    }
  }

  /**
   * Sends them to the process behind each of `sockets`, and closes the referee's own descriptors of them. One that has died
   * meanwhile gets nothing: the watch over the run will see that.
   */
  sendTo(sockets: readonly number[]): void {
    try {
      for (const [p, socket] of sockets.entries()) {
        const each = this.#made.map(({ descriptors, own }) => [...descriptors, ...(own?.[p] ?? [])]);
        const counts = this.#made.map(({ numbers = [] }, i) => [each[i].length, ...numbers]);
        const text = JSON.stringify({ wanted: this.#wanted, counts });
        const descriptors = each.flat();
        for (let at = 0; at === 0 || at < descriptors.length; at += MOST_DESCRIPTORS) {
          const some = descriptors.slice(at, at + MOST_DESCRIPTORS);
          if (!sendDescriptors(socket, at === 0 ? text : ' ', some)) break;
        }
      }
    } finally {
      this.#close();
    }
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { descriptors, own = [] } of this.#made) {
      for (const fd of [...descriptors, ...own.flat()]) closeSync(fd);
    }
  }

  /** Removes what is left of them after the run, or where they were never sent. */
  remove(): void {
    this.#close();
    for (const { remove } of this.#made) remove?.();
  }
}
