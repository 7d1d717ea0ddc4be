// Sleeping on a word of shared memory until it changes (futex(2)). Never the PRIVATE form: it does not cross
// processes.
import koffi from 'koffi';
import { libc } from './libc.ts';
import { systemCalls } from './machine.ts';

const FUTEX_WAIT = 0;
const FUTEX_WAKE = 1;

export interface Futex {
  /**
   * Sleeps while the word at `address` is `expected`. Returns when woken, when the word is another already, or
   * for no reason: look at the word again. Blocks the thread.
   */
  wait(address: number, expected: number): void;
  /** As `wait`, for `milliseconds` at most. */
  waitFor(address: number, expected: number, milliseconds: number): void;
  /** Wakes up to `count` sleepers. */
  wake(address: number, count: number): void;
  /** Lets another process run on this processor, if one wants to (sched_yield(2)). */
  yield(): void;
}

/** Prepares the calls; about 1 ms. */
export function futex(): Futex {
  const number = systemCalls().futex;
  const call = libc().func('long syscall(long number, size_t word, int op, int value, size_t timeout)');
  // A timespec of its own: two 64-bit numbers, at a fixed address.
  const timespec = koffi.alloc('int64_t', 2);
  const time = new BigInt64Array(koffi.view(timespec, 16));
  const timeAddress = Number(koffi.address(timespec));
  let latest = -1;
  return {
    wait: (address, expected) => {
      call(number, address, FUTEX_WAIT, expected, 0);
    },
    waitFor: (address, expected, milliseconds) => {
      if (milliseconds !== latest) {
        const nanoseconds = Math.max(0, Math.min(milliseconds, 2 ** 31)) * 1e6;
        time[0] = BigInt(Math.floor(nanoseconds / 1e9));
        time[1] = BigInt(Math.floor(nanoseconds % 1e9));
        latest = milliseconds;
      }
      call(number, address, FUTEX_WAIT, expected, timeAddress);
    },
    wake: (address, count) => {
      call(number, address, FUTEX_WAKE, count, 0);
    },
    yield: libc().func('int sched_yield()'),
  };
}
