// What processes of the lab have left behind that were killed between making something with a name and removing it. All that
// the lab makes says so in its name or key, and which process made it.
import { existsSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { abandonedPosixQueues, removePosixQueue } from './posix-queue.ts';
import { removeSysvSharedMemory } from './shared-memory.ts';
import { abandonedOf, type SysvKind } from './sysv-key.ts';
import { removeSysvQueue } from './sysv-queue.ts';
import { removeSet } from './sysv-semaphore.ts';

/** Something that nobody uses any more. */
export interface Leftover {
  /** What it is: `POSIX shared memory`. */
  readonly what: string;
  /** Its name or id, as tools of the system show it. */
  readonly name: string;
  /** Removes it. Throws where that may not be done. */
  remove(): void;
}

/** Names that the lab gives; the number is the process that did. */
const NAME = /^(?:sem\.)?interleave-(?:[a-z]+-)?(\d+)-/;

/** Names in `folder` whose makers have ended. */
function abandonedIn(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return []; // not there, or not ours to look at
  }
  return names.filter((name) => {
    const maker = NAME.exec(name)?.[1];
    return maker !== undefined && !existsSync(`/proc/${maker}`);
  });
}

/** Everything of this user's that was left behind. A file of somebody else's is shown too, and cannot be removed. */
export function leftovers(): Leftover[] {
  const unlinked = (what: string, folder: string): Leftover[] =>
    abandonedIn(folder).map((name) => ({ what, name, remove: () => unlinkSync(join(folder, name)) }));
  const unused = (what: string, kind: SysvKind, remove: (id: number) => void): Leftover[] =>
    abandonedOf(kind).map((id) => ({ what, name: String(id), remove: () => remove(id) }));
  return [
    ...unlinked('shared memory or semaphore', '/dev/shm'),
    ...abandonedPosixQueues().map((name) => ({
      what: 'POSIX message queue',
      name,
      remove: () => removePosixQueue(name),
    })),
    ...abandonedIn(tmpdir()).map((name) => ({
      what: 'temporary folder',
      name: join(tmpdir(), name),
      remove: () => rmSync(join(tmpdir(), name), { recursive: true, force: true }),
    })),
    ...unused('System V message queue', 'msg', removeSysvQueue),
    ...unused('System V shared memory', 'shm', removeSysvSharedMemory),
    ...unused('System V semaphores', 'sem', removeSet),
  ];
}
