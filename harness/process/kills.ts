// Processes that are killed, in problems that ask for it, at any of their steps. Who kills process p is a mover like a
// store buffer: of n processes its number is n + p (2n + p behind store buffers). Its first step is the kill; those
// that follow are what the kernel does about the death, object by object, and others may come in between.
//
// Strategies that are made to follow or to try everything choose kills as they choose steps. All others would kill
// whoever they see at once, since it can always be done. They are not shown those who kill: here the moments are drawn,
// evenly over the length of a run. Whoever moved last is killed every other time: so each step of each process is as
// likely to be the last as any other, where the others mostly wait. A second death comes soon after the first as often
// as not, since it is clearing up after a death that seldom is prepared for one.
import type { CaseFaults } from '../problem/faults.ts';
import { below, mix, seed } from '../schedule/generator.ts';
import type { Strategy } from '../schedule/strategy.ts';
import * as atomic from '../shared/atomics.ts';
import type { Shared } from '../shared/way.ts';
import { deathOperations } from '../sync/operations.ts';
import { announce, standsAt } from './announced.ts';
import type { Board } from './board.ts';
import { Flag, MAX_MODELLED, Run, Slot, Status, slotOf, Turn } from './control.ts';

const { killed } = deathOperations;

/** Steps within which the next death is soon. */
const SOON = 16;

/** The number of who kills process 0. */
function firstKiller(control: Int32Array): number {
  return control[Run.PROCESSES] * ((control[Run.FLAGS] & Flag.BUFFERED) !== 0 ? 2 : 1);
}

export class Kills {
  readonly #board: Board;
  #processes = 0;
  /** Number of who kills process 0; no mover has a higher one where nobody is killed. */
  first = MAX_MODELLED;
  /** Whether the strategy chooses who is killed. */
  chosen = false;
  /** Closes what this process has open of kernel objects. */
  letGo: () => void = () => {};
  /** The shared objects that a death means something to. */
  objects: readonly Shared[] = [];

  constructor(board: Board) {
    this.#board = board;
  }

  /** A new run begins. */
  begin(strategy: Strategy): void {
    const { control } = this.#board;
    this.#processes = control[Run.PROCESSES];
    this.first = (control[Run.FLAGS] & Flag.KILLS) !== 0 ? firstKiller(control) : MAX_MODELLED;
    this.chosen = strategy.kills === true;
  }

  /** Whether mover `k` still has to kill. */
  waits(k: number): boolean {
    const { control } = this.#board;
    return control[standsAt(control, slotOf(k)) + Slot.OPERATION] === killed.code;
  }

  /** Adds to the first `count` of `enabled` who can kill now. Returns how many there are then. */
  addTo(enabled: Int32Array, count: number): number {
    let n = count;
    if (this.first === MAX_MODELLED) return n;
    for (let p = 0; p < this.#processes; p++) if (this.#can(p)) enabled[n++] = this.first + p;
    return n;
  }

  /** Whether process `p` can be killed now. What waits in its store buffer comes to memory first. */
  #can(p: number): boolean {
    const { control } = this.#board;
    const killer = slotOf(this.first + p);
    return (
      control[Run.KILLS] > 0 &&
      control[slotOf(p) + Slot.STATUS] === Status.STANDING &&
      control[killer + Slot.STATUS] === Status.STANDING &&
      this.waits(this.first + p) &&
      (this.first === this.#processes || control[slotOf(p + this.#processes) + Slot.ANNOUNCED] === 0)
    );
  }

  /** Who moves before all others at step `step`, where the strategy does not choose it; -1 where nobody does. */
  drawn(step: number): number {
    const { control } = this.#board;
    for (let k = this.first; k < this.first + this.#processes; k++) {
      if (control[slotOf(k) + Slot.STATUS] === Status.STANDING && !this.waits(k)) return k;
    }
    if (step < control[Run.KILL_AT] || control[Run.KILL_AT] < 0) return -1;
    let count = 0;
    for (let p = 0; p < this.#processes; p++) if (this.#can(p)) count++;
    if (count === 0) return -1;
    const isSoon = below(control, Run.KILLER, 2) === 0;
    control[Run.KILL_AT] = step + 1 + below(control, Run.KILLER, isSoon ? SOON : control[Run.KILL_WITHIN]);
    const last = control[Run.LAST];
    if (last >= 0 && last < this.#processes && this.#can(last) && below(control, Run.KILLER, 2) === 0) {
      return this.first + last;
    }
    let nth = below(control, Run.KILLER, count);
    for (let p = 0; ; p++) if (this.#can(p) && nth-- === 0) return this.first + p;
  }

  /** Mover `k` kills its process, which moves no more. */
  kill(k: number): void {
    const { control, host, me } = this.#board;
    const p = k - this.first;
    const slot = slotOf(p);
    const killer = slotOf(k);
    control[Run.KILLS]--;
    control[killer + Slot.LINE] = control[slot + Slot.LINE];
    control[killer + Slot.COLUMN] = control[slot + Slot.COLUMN];
    control[slot + Slot.ANNOUNCED] = 0;
    control[slot + Slot.STATUS] = Status.KILLED;
    if (p === me) this.letGo();
    // It sleeps at its gate, where it sees what has become of it; unless it drives, or its role has ended already. One that has
    // thrown stays there where it has kernel objects.
    const turn = slot + Slot.TURN;
    const granted = control[Run.GRANTS] !== 0;
    const ended = control[slot + Slot.ENDED];
    if (p === me || (ended !== 0 && !(granted && ended === Status.CRASHED))) return;
    if (atomic.exchange(control, turn, Turn.GIVEN) === Turn.ASLEEP) host.wake(turn, 1);
    if (!granted) return;
    const gone = slot + Slot.LET_GO;
    while (atomic.load(control, gone) === 0) host.wait(gone, 0);
  }

  /** After a step of mover `k`: what else follows from the death of its process, if anything does. */
  goOn(k: number): void {
    const { control, doubles, data } = this.#board;
    const p = k - this.first;
    for (const { id, at, onDeath } of this.objects) {
      if (onDeath === undefined || !onDeath.ready(data, at, p, 0)) continue;
      announce(control, doubles, slotOf(k), onDeath.code, id, at, 0, 0, 0, 0, 0, 0);
      return;
    }
  }
}

/** Makes header and slots ready for a run in which processes may be killed, once the rest is. */
export function prepareKills(
  control: Int32Array,
  { kills, mortal }: CaseFaults,
  strategy: Strategy,
  seeded: number,
  length: number,
): void {
  const processes = control[Run.PROCESSES];
  const first = firstKiller(control);
  control[Run.FLAGS] |= Flag.KILLS;
  control[Run.KILLS] = kills;
  // A run of which nothing is known goes undisturbed, and tells how long such runs are. Of the others a few do too.
  const within = length + (length >> 2);
  seed(control, Run.KILLER, mix(seeded ^ 0x6b111));
  control[Run.KILL_WITHIN] = within;
  control[Run.KILL_AT] = length === 0 || strategy.kills ? -1 : below(control, Run.KILLER, within);
  for (let p = 0; p < processes; p++) {
    const slot = slotOf(first + p);
    control[slot + Slot.FRONT] = 0;
    control[slot + Slot.ENDED] = Status.DONE; // whenever there is nothing left to do about the death
    control[slot + Slot.ANNOUNCED] = mortal[p] ? 1 : 0;
    control[slot + Slot.STATUS] = mortal[p] ? Status.STANDING : Status.DONE;
    const step = standsAt(control, slot);
    control[step + Slot.OPERATION] = killed.code;
    control[step + Slot.OBJECT] = -1;
    control[step + Slot.INDEX] = 0;
    control[step + Slot.ARGUMENT] = 0;
    control[step + Slot.LISTENS] = 0;
  }
}
