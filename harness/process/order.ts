// What a run is to be like, and how the memory of a run is made ready for it.
import type { CaseFaults } from '../problem/faults.ts';
import { mix, seed } from '../schedule/generator.ts';
import type { Profile } from '../schedule/profile.ts';
import { prescribe } from '../schedule/replay.ts';
import { ENDLESS, type Moves } from '../schedule/schedule.ts';
import { strategyIndex } from '../schedule/strategies.ts';
import type { Strategy } from '../schedule/strategy.ts';
import { Flag, Run, SLOTS, Slot, Status, slotOf, Turn } from './control.ts';
import { prepareKills } from './kills.ts';

/** What a run is to be like. */
export interface Order {
  readonly mode: 'controlled' | 'free';
  /** Seed of the strategy. */
  readonly seed: number;
  /** Seed of the processes' own random numbers. Default 0. */
  readonly world?: number;
  readonly strategy: Strategy;
  /** What `replay` follows. */
  readonly moves?: Moves;
  /** Steps that such a run is likely to take. Default: not known. */
  readonly length?: number;
  /** What a pilot run of the case told, for strategies that ask. Default: nothing. */
  readonly profile?: Profile | undefined;
  /** Take source positions at every step. */
  readonly positions?: boolean;
  /** Let no process run ahead of its steps. */
  readonly exact?: boolean;
  /** Free runs: yield or sleep a little now and then. */
  readonly noise?: boolean;
  /** Free runs: all processes share one processor. */
  readonly together?: boolean;
}

/** Steps of the strategy before the fair tail takes over, and steps before a run is given up. */
const STRATEGY_BOUND = 2_000;
const STEP_BOUND = ENDLESS;

/**
 * Makes header, strategy and slots ready for a run of so many processes. `state` holds the strategy's words.
 * @param buffered whether controlled runs are played under total store order
 * @param faults who may be killed in controlled runs. Default: nobody
 */
export function prepare(
  control: Int32Array,
  state: Int32Array,
  order: Order,
  processes: number,
  buffered = false,
  faults?: CaseFaults,
): void {
  const controlled = order.mode === 'controlled';
  const buffers = controlled && buffered ? processes : 0;
  for (let i = 0; i < HEADER; i++) control[i] = 0;
  control[Run.MODE] = controlled ? 0 : 1;
  control[Run.PROCESSES] = processes;
  control[Run.FLAGS] =
    (order.positions ? Flag.POSITIONS : 0) |
    (order.exact ? Flag.EXACT : 0) |
    (order.noise ? Flag.NOISE : 0) |
    (order.together ? Flag.ONE_PROCESSOR : 0) |
    (buffers > 0 ? Flag.BUFFERED : 0);
  control[Run.SEED] = order.world ?? 0;
  control[Run.BY] = -1;
  control[Run.LAST] = -1;
  if (controlled) {
    control[Run.STRATEGY] = strategyIndex(order.strategy);
    control[Run.STRATEGY_BOUND] = order.moves ? STEP_BOUND + 1 : STRATEGY_BOUND;
    control[Run.STEP_BOUND] = STEP_BOUND;
    seed(control, Run.TAIL, mix(order.seed ^ 0x7a11));
    const { seed: drawn, length = 0, profile } = order;
    order.strategy.begin(state, { processes: processes + buffers, seed: drawn, length, profile });
    if (order.moves) prescribe(state, order.moves);
  }
  for (let p = processes; p < processes + buffers; p++) {
    const slot = slotOf(p);
    control[slot + Slot.ANNOUNCED] = 0;
    control[slot + Slot.FRONT] = 0;
    control[slot + Slot.ENDED] = Status.DONE; // whenever it is empty
    control[slot + Slot.STATUS] = Status.DONE;
  }
  for (let p = 0; p < processes; p++) {
    const slot = slotOf(p);
    control[slot + Slot.TURN] = Turn.NONE;
    control[slot + Slot.ANNOUNCED] = 0;
    control[slot + Slot.FRONT] = 0;
    control[slot + Slot.ENDED] = 0;
    control[slot + Slot.STATUS] = Status.MOVING;
    control[slot + Slot.GAVE_UP] = 0;
    control[slot + Slot.TEXT_LENGTH] = 0;
    control[slot + Slot.SLEEPS_ON] = 0;
    control[slot + Slot.KILOSTEPS] = 0;
    control[slot + Slot.LET_GO] = 0;
    control[slot + Slot.LINE] = 0;
  }
  if (controlled && faults !== undefined && faults.kills > 0) {
    prepareKills(control, faults, order.strategy, order.seed, order.length ?? 0);
  }
}

/** Words of the header that a run begins with at zero. */
const HEADER = SLOTS / 2;
