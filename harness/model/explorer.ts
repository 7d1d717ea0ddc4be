// Every run of a case that differs from the others, each once: dynamic partial-order reduction with sleep sets.
//
// Runs that differ only in the order of steps that commute are one trace (Mazurkiewicz). A run is played to its end;
// wherever two of its steps race, the other order is noted at the step before which it must branch off, and played
// later. Whether a step races is asked as soon as it is announced, as in Flanagan and Godefroid, "Dynamic
// partial-order reduction", POPL 2005: so steps that never become possible count too. Where to branch off is decided
// by source sets. Sleep sets see to it that no trace is played to its end twice (Godefroid, "Partial-order methods",
// LNCS 1032, 1996).
//
// It is a strategy: the driver asks it at every step, and it remembers from run to run where to branch off next.
import { standsAt } from '../process/announced.ts';
import type { Board } from '../process/board.ts';
import { MAX_PROCESSES, Slot, Status, slotOf } from '../process/control.ts';
import { STUCK, type Strategy } from '../schedule/strategy.ts';
import { mutexOperations } from '../sync/mutex.ts';
import { operations, plainOperations } from '../sync/operations.ts';
import { rwlockOperations } from '../sync/rwlock.ts';
import { ALONE, aboutOf, KILL } from './about.ts';
import { type Deaths, NOBODY, type Node, newNode, stillAsleep } from './node.ts';
import { RaceReversal } from './race-reversal.ts';
import { RunOrder } from './run-order.ts';

const { write } = plainOperations;

/** Steps of a run beyond which a case is not explored: most likely somebody waits by looking again and again. */
export const MOST_STEPS = 500;
/** Looks of one process, one after the other and with nobody between, beyond which it is most likely such a loop. */
const MOST_LOOKS = 64;

const ACQUIRES = new Set([mutexOperations.lock.code, rwlockOperations.writeLock.code]);
const RELEASES = new Set([mutexOperations.unlock.code, rwlockOperations.unlock.code]);
export class Explorer implements Strategy {
  readonly name = 'exhaustive';
  readonly kills = true;
  readonly #control: Int32Array;
  /** Events that the specification relates to others, by number. */
  readonly #related: readonly boolean[];
  /** All that can move: processes, and behind them their store buffers, if any, and those who kill them. */
  readonly #processes: number;
  /** Processes with a store buffer; 0 where there are none. */
  readonly #owners: number;
  /** The first of those who kill: `#killers` + p kills process p. */
  readonly #killers: number;
  readonly #deathsAreSeen: boolean;
  readonly #nodes: Node[] = [];
  readonly #order: RunOrder;
  readonly #reversal: RaceReversal;
  /** Steps of the prefix that is followed, the last of which is new. */
  #prefix = 0;
  #depth = 0;
  /** Runs that were given up since all they could do was played already. */
  pruned = 0;
  #isPruned = false;
  #isTooLong = false;
  /** Looks since the process that moves now has done anything else, or another one has moved. */
  #looks = 0;

  /**
   * @param buffered whether runs are played under total store order
   * @param deaths whether processes may be killed in them
   */
  constructor(
    board: Board,
    processes: number,
    related: readonly boolean[],
    buffered = false,
    deaths: Deaths = 'none',
  ) {
    this.#control = board.control;
    this.#owners = buffered ? processes : 0;
    this.#killers = processes + this.#owners;
    this.#deathsAreSeen = deaths === 'seen';
    this.#processes = deaths === 'none' ? this.#killers : this.#killers + processes;
    this.#related = related;
    // That a kill waits for a store buffer is not told to it.
    this.#isTooLong = this.#processes > MOST_EXPLORED || (buffered && deaths !== 'none');
    this.#order = new RunOrder(this.#nodes, this.#processes, this.#owners);
    this.#reversal = new RaceReversal(this.#nodes, this.#processes, this.#order);
  }

  /** A run begins. */
  begin(): void {
    this.#depth = 0;
    this.#looks = 0;
    this.#isPruned = false;
    this.#order.begin();
  }

  /** Whether the run just played was given up, since it is like one before. */
  get isPruned(): boolean {
    return this.#isPruned;
  }

  /** Whether a run had too many steps for the case to be explored. */
  get isTooLong(): boolean {
    return this.#isTooLong || this.#order.isFull;
  }

  /** The run has come to an end of its own: those who still stand there race as well. */
  finish(): void {
    const depth = this.#depth;
    if (this.#isPruned || depth === 0 || this.#nodes[depth - 1].process === NOBODY) return;
    this.#nodes[depth] ??= this.#newNode();
    this.#look(this.#nodes[depth]);
    this.#reversal.races(depth);
  }

  /** How much of the whole is done, from 0 to 1; a guess, since what is wanted grows as runs are played. */
  get progress(): number {
    let done = 0;
    let share = 1;
    for (let i = 0; i < this.#depth; i++) {
      const { wanted, tried, asleep, enabled } = this.#nodes[i];
      const all = bitsIn(wanted & enabled & ~asleep) || 1;
      done += (share * bitsIn(tried)) / all;
      share /= all;
    }
    return Math.min(1, done);
  }

  /** Goes over to the next run; false where all were played. */
  advance(): boolean {
    for (let i = this.#depth - 1; i >= 0; i--) {
      const node = this.#nodes[i];
      if (node.way + 1 < node.ways) {
        node.way++;
        this.#prefix = i + 1;
        return true;
      }
      if (node.process !== NOBODY) node.tried |= 1 << node.process;
      const rest = node.wanted & ~node.tried & ~node.asleep & node.enabled;
      if (rest !== 0) {
        node.process = 31 - Math.clz32(rest & -rest);
        node.way = 0;
        node.ways = 1;
        this.#prefix = i + 1;
        return true;
      }
    }
    return false;
  }

  next(_state: Int32Array, enabled: Int32Array, count: number, current: number): number {
    const depth = this.#depth;
    if (depth >= MOST_STEPS || this.#looks > MOST_LOOKS) this.#isTooLong = true;
    if (this.isTooLong) return -1;
    let node = this.#nodes[depth];
    if (node === undefined) {
      node = this.#newNode();
      this.#nodes.push(node);
    }
    this.#look(node);
    if (depth >= this.#prefix) {
      node.enabled = 0;
      for (let i = 0; i < count; i++) node.enabled |= 1 << enabled[i];
      node.tried = 0;
      node.way = 0;
      node.ways = 1;
      node.asleep = depth === 0 ? 0 : stillAsleep(this.#nodes[depth - 1]);
      this.#reversal.races(depth);
      if (current === STUCK) {
        // The run may end here. Played again, it goes on from here.
        node.process = NOBODY;
        node.wanted = node.enabled;
        this.#depth++;
        return -1;
      }
      const awake = node.enabled & ~node.asleep;
      if (awake === 0) {
        this.#isPruned = true;
        this.pruned++;
        return -1;
      }
      const stays = current >= 0 && (awake & (1 << current)) !== 0;
      const due = this.#due(node, awake);
      node.process = stays ? current : 31 - Math.clz32(due & -due);
      node.wanted = 1 << node.process;
    }
    const { process } = node;
    // Who is killed cannot be asked any more whether it would rather have moved first.
    if (node.about[process] === KILL) node.wanted |= node.enabled & (1 << (process - this.#killers));
    this.#looks = node.observes[process] === 1 && process === current ? this.#looks + 1 : 0;
    this.#order.move(node, depth);
    this.#depth++;
    return process;
  }

  choose(_state: Int32Array, n: number): number {
    const node = this.#nodes[this.#depth - 1];
    node.ways = n;
    return node.way;
  }

  /** Those of `awake` that do not kill, since nobody has to be killed; all of them where there is nobody else. */
  #due(node: Node, awake: number): number {
    let due = awake;
    for (let k = this.#killers; k < this.#processes; k++) if (node.about[k] === KILL) due &= ~(1 << k);
    return due === 0 ? awake : due;
  }

  #newNode(): Node {
    return newNode(this.#processes, this.#killers, this.#deathsAreSeen);
  }

  /** Notes what each process is about to do. */
  #look(node: Node): void {
    const control = this.#control;
    for (let p = 0; p < this.#processes; p++) {
      const slot = slotOf(p);
      if (control[slot + Slot.STATUS] !== Status.STANDING) {
        node.about[p] = ALONE;
        continue;
      }
      const step = standsAt(control, slot);
      const code = control[step + Slot.OPERATION];
      node.about[p] = this.#order.standsApart(p, code) ? ALONE : aboutOf(control, step, this.#related);
      node.observes[p] = operations[code].observes ? 1 : 0;
      node.writes[p] = code === write.code ? 1 : 0;
      node.acquires[p] = ACQUIRES.has(code) ? 1 : 0;
      node.releases[p] = RELEASES.has(code) ? 1 : 0;
    }
  }
}

function bitsIn(set: number): number {
  let n = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) n++;
  return n;
}

/** The most that can move where a case is explored: they are bits of a number. */
export const MOST_EXPLORED = Math.min(30, MAX_PROCESSES);
