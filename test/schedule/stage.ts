// A stage for strategies: what a gate would ask of one, without processes. Who can move at which step is drawn at
// random, or follows from how many steps each process has left.
import { below, seed as seedOf } from '../../harness/schedule/generator.ts';
import type { Profile } from '../../harness/schedule/profile.ts';
import { PRESCRIBED, prescribe } from '../../harness/schedule/replay.ts';
import { choice, type Moves, take } from '../../harness/schedule/schedule.ts';
import type { Announced, Strategy } from '../../harness/schedule/strategy.ts';

/** Words that a strategy may not touch: what is prescribed, and what lies behind it. */
const PRESCRIBED_WORDS = 4096;
const MOST = 32;
/** Stands behind the last enabled process: no strategy may look at it. */
const STALE = 31;

export interface Shown {
  readonly processes: number;
  readonly seed: number;
  readonly steps: number;
  /** Seed of what is drawn: who can move, and what the processes announce. */
  readonly luck: number;
  readonly moves?: Moves;
  /** Default: the number of steps. */
  readonly length?: number;
  readonly profile?: Profile;
}

export interface Asked {
  readonly enabled: readonly number[];
  readonly current: number;
  readonly moved: number;
  /** Ways to take the step, and the one that was chosen; one way is no choice. */
  readonly ways: number;
  readonly chosen: number;
}

/** Nobody's step is about anything shared. */
export const nothing: Announced = {
  object: () => -1,
  index: () => 0,
  writes: () => false,
  synchronises: () => true,
};

/** A strategy's memory, with a run begun in it. */
export function begun(
  strategy: Strategy,
  { processes, seed, steps, moves, length = steps, profile }: Shown,
): Int32Array {
  const state = new Int32Array(PRESCRIBED + PRESCRIBED_WORDS).fill(0x5eed); // what an earlier run has left
  strategy.begin(state, { processes, seed, length, profile });
  if (moves) prescribe(state, moves);
  return state;
}

/** What `strategy` decides where everybody can move at random. Ends early where it says that nothing fits. */
export function play(strategy: Strategy, shown: Shown, canMove?: (step: number) => number[]): Asked[] {
  const state = begun(strategy, shown);
  const luck = new Int32Array(2);
  seedOf(luck, 0, shown.luck);
  const enabled = new Int32Array(MOST);
  const asked: Asked[] = [];
  const step = (): number[] => [
    below(luck, 0, 4) - 1,
    below(luck, 0, 2),
    below(luck, 0, 2),
    below(luck, 0, 2),
  ];
  const pending = Array.from({ length: shown.processes }, step);
  const announced: Announced = {
    object: (p) => pending[p][0],
    index: (p) => pending[p][1],
    writes: (p) => pending[p][2] === 1,
    synchronises: (p) => pending[p][3] === 1,
  };
  let current = -1;
  for (let n = 0; n < shown.steps; n++) {
    const all = Array.from({ length: shown.processes }, (_, p) => p);
    const drawn = all.filter(() => below(luck, 0, 3) > 0);
    const able = canMove?.(n) ?? (drawn.length > 0 ? drawn : [below(luck, 0, shown.processes)]);
    if (able.length === 0) break;
    enabled.fill(STALE);
    enabled.set(able);
    const now = able.includes(current) ? current : -1;
    const moved = strategy.next(state, enabled, able.length, now, n, announced);
    const ways = 1 + below(luck, 0, 4);
    const chosen = ways > 1 && moved >= 0 ? strategy.choose(state, ways) : 0;
    asked.push({ enabled: able, current: now, moved, ways, chosen });
    if (moved < 0 || chosen < 0) break;
    pending[moved] = step();
    current = moved;
  }
  return asked;
}

/** The schedule that was really taken. */
export const taken = (asked: readonly Asked[]): Moves =>
  asked.flatMap(({ moved, ways, chosen }) =>
    ways > 1 ? [take(moved, 1), choice(chosen)] : [take(moved, 1)],
  );
