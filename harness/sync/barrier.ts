// A barrier for a fixed number of processes, reusable. The word holds the generation (upper 16 bits) and how many
// of it have arrived (lower 16). Waiting is two steps: arrive, then pass once the generation has moved on.
import { arena, made, place } from '../shared/arena.ts';
import { onWord } from '../shared/operation.ts';
import { sealed } from '../shared/sealed.ts';
import type { Shared, Way } from '../shared/way.ts';

const arrived = (w: number): number => w & 0xffff;
const generation = (w: number): number => w >>> 16;

/** The argument is the generation arrived in. */
const pass = onWord('barrier', 'pass', {
  ready: (w, _me, arrivedIn) => generation(w) !== arrivedIn,
  next: (w) => w,
  wakes: 'none',
  observes: true,
});

/**
 * The argument is the number of parties. The result is -1 for the one that completes the generation; the others go
 * on as `pass`, with the generation they arrived in.
 */
const wait = onWord('barrier', 'wait', {
  next: (w, _me, parties) => (arrived(w) + 1 === parties ? ((generation(w) + 1) & 0xffff) << 16 : w + 1),
  result: (w, _me, parties) => (arrived(w) + 1 === parties ? -1 : generation(w)),
  follow: (result) => (result < 0 ? undefined : pass),
});

export const barrierOperations = { wait, pass };

/** A barrier that all processes of the run see. */
export interface Barrier {
  /** Blocks until all parties have come; true for exactly one of them (pthread_barrier_wait(3p)). */
  wait(): boolean;
}

class CyclicBarrier implements Barrier {
  readonly #object: Shared;
  readonly #way: Way;
  readonly #parties: number;
  constructor(object: Shared, parties: number, way: Way) {
    this.#object = object;
    this.#parties = parties;
    this.#way = way;
  }
  wait(): boolean {
    return this.#way.test(wait, this.#object, this.#parties);
  }
}

sealed(CyclicBarrier);

/** Creates a barrier for `parties` processes (1 to 65535). */
export function barrier(parties: number): Barrier {
  if (!Number.isInteger(parties) || parties < 1 || parties > 0xffff) {
    throw new RangeError(
      `barrier(${parties}): the number of parties must be a whole number from 1 to 65535.`,
    );
  }
  const object = place('barrier', 0, 0);
  return made(new CyclicBarrier(object, parties, arena().way), object);
}
