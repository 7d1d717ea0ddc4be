// Keys of System V objects (sysvipc(7)). They have no descriptors, so they outlive the processes that used them, and
// nothing but the key says whose they are. Ours say it:
//
// | bits    | meaning                                          |
// | ------- | ------------------------------------------------ |
// | 31 … 20 | 0x1EA, for the lab                               |
// | 19 … 6  | the lower 14 bits of the process id of its maker |
// | 5 … 0   | a number                                         |
import { existsSync } from 'node:fs';

const LAB = 0x1ea;
const MAKER_BITS = 14;
const NUMBER_BITS = 6;
/** Keys that one process has for objects of one kind. */
const KEYS = 1 << NUMBER_BITS;
const MAKERS = 1 << MAKER_BITS;
const EEXIST = 17;
/** Process ids end here on 64-bit Linux (proc(5), pid_max). */
const PIDS = 1 << 22;

let next = 0;

/**
 * Makes an object under a key that is free. `get` makes one under a key, and gives its id or minus the errno; so does this.
 */
export function withFreeKey(get: (key: number) => number): number {
  for (let n = 0; n < KEYS; n++) {
    const number = next++ % KEYS;
    const id = get((LAB << (MAKER_BITS + NUMBER_BITS)) | ((process.pid % MAKERS) << NUMBER_BITS) | number);
    if (id !== -EEXIST) return id;
  }
  return -EEXIST;
}

/** Whether the lab made the object with this key, and the process that did has ended. In doubt: no. */
export function isAbandoned(key: number): boolean {
  if (key >>> (MAKER_BITS + NUMBER_BITS) !== LAB) return false;
  const maker = (key >>> NUMBER_BITS) % MAKERS;
  for (let pid = maker; pid < PIDS; pid += MAKERS) if (existsSync(`/proc/${pid}`)) return false;
  return true;
}
