// Keys of System V objects (sysvipc(7)). They have no descriptors, so they outlive the processes that used them, and
// nothing but the key says whose they are. Ours say it:
//
// | bits    | meaning                                          |
// | ------- | ------------------------------------------------ |
// | 31 … 20 | 0x1EA, for the lab                               |
// | 19 … 6  | the lower 14 bits of the process id of its maker |
// | 5 … 0   | a number                                         |
import { existsSync, readFileSync } from 'node:fs';

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

/** The kinds of System V objects, by the names of their lists below /proc/sysvipc. */
export type SysvKind = 'msg' | 'sem' | 'shm';

/**
 * Ids of objects of a kind that the lab made for this user, and whose makers have ended without removing them: they were
 * killed.
 * @param list what /proc/sysvipc says of the kind. Default: that
 */
export function abandonedOf(kind: SysvKind, list: string = listOf(kind)): number[] {
  const me = process.geteuid?.();
  const [titles = [], ...objects] = list.split('\n').map((line) => line.trim().split(/\s+/));
  const key = titles.indexOf('key');
  const id = titles.indexOf(`${kind === 'msg' ? 'msq' : kind}id`);
  const creator = titles.indexOf('cuid');
  return objects
    .map((columns) => columns.map(Number))
    .filter((columns) => columns[creator] === me && isAbandoned(columns[key]))
    .map((columns) => columns[id]);
}

function listOf(kind: SysvKind): string {
  try {
    return readFileSync(`/proc/sysvipc/${kind}`, 'latin1');
  } catch {
    return ''; // no System V IPC in this kernel
  }
}

/** Whether the lab made the object with this key, and the process that did has ended. In doubt: no. */
function isAbandoned(key: number): boolean {
  if (key >>> (MAKER_BITS + NUMBER_BITS) !== LAB) return false;
  const maker = (key >>> NUMBER_BITS) % MAKERS;
  for (let pid = maker; pid < PIDS; pid += MAKERS) if (existsSync(`/proc/${pid}`)) return false;
  return true;
}
