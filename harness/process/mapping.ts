// How memory of the system's comes into the place of pages of the segment, in a process that plays a role.
import { memoryCalls } from '../os/shared-memory.ts';
import type { Host } from './board.ts';

/** Of the segment behind descriptor `fd`, mapped at `address`. */
export function mappingAt(address: number, fd: number): Pick<Host, 'map' | 'putBack'> {
  const { mapFile, attach, putBack } = memoryCalls(address);
  return {
    map: (kind, word, words, handle) => {
      if (kind === 'sysvSharedMemory') attach(word * 4, handle);
      else mapFile(word * 4, words * 4, handle);
    },
    putBack: (word, words) => putBack(word * 4, words * 4, fd),
  };
}
