// Semaphores and objects of POSIX threads, in memory that several processes map. They are in the C library since glibc
// 2.34, and in musl; before that they were in a library of their own.
import koffi from 'koffi';
import { inC, SystemCallError } from './libc.ts';

type Call = (...args: unknown[]) => number;

let older: ReturnType<typeof koffi.load> | undefined;
const found = new Map<string, Call>();

function find(prototype: string): Call {
  try {
    return inC(prototype) as Call;
  } catch {
    older ??= koffi.load('libpthread.so.0');
    return older.func(prototype) as Call;
  }
}

/** The function with this prototype, made when it is first called: most programs need few of them. */
export function inThreads(prototype: string): Call {
  let call: Call | undefined;
  return (...args) => {
    call ??= found.get(prototype);
    if (call === undefined) {
      call = find(prototype);
      found.set(prototype, call);
    }
    return call(...args);
  };
}

const PTHREAD_PROCESS_SHARED = 1;
/** Room for attributes of any kind. */
const attributes = new Uint8Array(64);
/** Sets one attribute: gives an error number, or 0. */
type Set = (attributes: Uint8Array) => number;

/** Makes an object of `pthread_<kind>_t` that processes share at `address`, and sets more of its attributes. Throws SystemCallError. */
export function initialise(kind: string, address: number, more: Set = () => 0, count?: number): void {
  const attr = `pthread_${kind}attr`;
  const steps: readonly [string, () => number][] = [
    [`${attr}_init`, () => inThreads(`int ${attr}_init(void *attributes)`)(attributes)],
    [
      `${attr}_setpshared`,
      () =>
        inThreads(`int ${attr}_setpshared(void *attributes, int shared)`)(attributes, PTHREAD_PROCESS_SHARED),
    ],
    [`${attr}_set…`, () => more(attributes)],
    [
      `pthread_${kind}_init`,
      () =>
        count === undefined
          ? inThreads(`int pthread_${kind}_init(size_t at, void *attributes)`)(address, attributes)
          : inThreads(`int pthread_${kind}_init(size_t at, void *attributes, uint count)`)(
              address,
              attributes,
              count,
            ),
    ],
  ];
  for (const [name, step] of steps) {
    const error = step();
    if (error !== 0) throw new SystemCallError(name, error);
  }
}

/** Room for a point in time. */
const timespec = new BigInt64Array(2);

/** `milliseconds` from now, on the clock that timed calls of POSIX go by (CLOCK_REALTIME). Good until the next call. */
export function deadline(milliseconds: number): BigInt64Array {
  const at = Date.now() + milliseconds;
  timespec[0] = BigInt(Math.floor(at / 1000));
  timespec[1] = BigInt(Math.floor((at % 1000) * 1e6));
  return timespec;
}
